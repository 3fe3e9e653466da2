import type { CascadeAction, CascadeConfiguration, CascadeType, RelationshipDefinition } from '../contract/tables.ts'
import { CASCADE_ACTIONS } from '../contract/tables.ts'
import { isMergeableByDefault } from './table-defaults.ts'

const OWNERSHIP_COLUMNS: Record<string, string> = {
  ownerid: 'owner',
  owninguser: 'systemuser',
  owningteam: 'team',
  owningbusinessunit: 'businessunit',
}

/**
 * Returns the kind of a relationship. Owner, owning user, owning team and owning business unit state the owner of a row, and no
 * cascade goes along them. Source: import formats, section 4.5.
 */
export function relationshipKind(attribute: string, referenced: string): RelationshipDefinition['kind'] {
  const target = Object.hasOwn(OWNERSHIP_COLUMNS, attribute) ? OWNERSHIP_COLUMNS[attribute] : undefined
  if (target === undefined) return 'data'
  return referenced === target || (attribute === 'ownerid' && (referenced === 'systemuser' || referenced === 'team')) ? 'ownership' : 'data'
}

/** The platform's own child tables whose rows a merge leaves where they are. Source: dataverse reference, section 3.3. */
const LEFT_BY_MERGE = new Set(
  `asyncoperation processsession activityparty bulkdeletefailure duplicaterecord principalobjectattributeaccess userentityinstancedata
  actioncard slakpiinstance postfollow postrole postregarding socialactivity activitypointer`.split(/\s+/),
)

/**
 * Completes the cascade configuration of a relationship that states only some actions: NoCascade, except that a merge moves the children of
 * tables that can be merged, unless their delete does not cascade either or the platform keeps them. Sources: import formats, section 4.3;
 * dataverse reference, section 3.3.
 */
export function completeCascade(
  stated: Partial<CascadeConfiguration>,
  { referenced, referencing, attribute }: Pick<RelationshipDefinition, 'referenced' | 'referencing' | 'attribute'>,
): CascadeConfiguration {
  const isMoved =
    isMergeableByDefault(referenced) &&
    (stated.Delete ?? 'NoCascade') !== 'NoCascade' &&
    attribute !== 'masterid' &&
    !LEFT_BY_MERGE.has(referencing)
  const assumed = (action: CascadeAction): CascadeType => (action === 'Merge' && isMoved ? 'Cascade' : 'NoCascade')
  return Object.fromEntries(CASCADE_ACTIONS.map((action) => [action, stated[action] ?? assumed(action)])) as CascadeConfiguration
}

/** Returns whether a configuration is parental: an ownership action or Delete cascades. Source: dataverse reference, section 1.5. */
export function isParental(cascade: CascadeConfiguration): boolean {
  const flows = (type: CascadeType) => type === 'Cascade' || type === 'Active' || type === 'UserOwned'
  return cascade.Delete === 'Cascade' || flows(cascade.Assign) || flows(cascade.Reparent) || flows(cascade.Share) || flows(cascade.Unshare)
}
