import { schemaText } from '#text/english/schema'
import type { Message } from '#text/message'
import type { PlatformErrorName } from '../contract/errors.ts'
import type { CascadeAction, CascadeType, ModelDefinition, RelationshipDefinition, TableDefinition } from '../contract/tables.ts'
import { isParental } from './relationship-kinds.ts'
import { isCustomTable, isPlatformTable } from './standard-tables.ts'

/**
 * The platform's rules for the design of a relationship. Source: dataverse reference, sections 1.3 and 1.5.
 *
 * | rule | demand | error |
 * |---|---|---|
 * | DR1 | each action has a type that is allowed for it | InvalidCascadeLinkType |
 * | DR2 | Merge cascades only under a table whose rows can be merged | InvalidCascadeLinkType |
 * | DR3 | User Owned needs user-owned tables on both sides | InvalidOrgOwnedCascadeLinkType |
 * | DR4 | Reparent cascades need user-owned tables on both sides | CascadeReparentOnNonUserOwned |
 * | DR5 | Remove Link needs a lookup that can be empty | CascadeRemoveLinkOnNonNullable |
 * | DR6 | a custom table is no parental parent of a platform table | CustomParentingSystemNotSupported |
 * | DR7 | a child has one parental relationship, or one for each target of one polymorphic lookup | MultipleParentsNotSupported |
 * | DR8 | parental relationships over two or more tables form no circle | CyclicalRelationship |
 */
export type DesignRule = 'DR1' | 'DR2' | 'DR3' | 'DR4' | 'DR5' | 'DR6' | 'DR7' | 'DR8'

export interface DesignViolation {
  rule: DesignRule
  platform: PlatformErrorName
  /** The action whose type breaks the rule; `null` if the relationship as a whole does. */
  action: CascadeAction | null
  /** A sentence for people: what is wrong and what would be right. */
  message: Message
}

/** Returns the rules that this relationship breaks in a model, in the order of the table above. Ignores others of the same name. */
export function designViolations(model: ModelDefinition, relationship: RelationshipDefinition): DesignViolation[] {
  if (relationship.kind === 'ownership') return []
  const others = model.relationships.filter((other) => other.kind === 'data' && other.schemaName !== relationship.schemaName)
  const table = (name: string) => model.tables.find((each) => each.logicalName === name)
  const sides = { parent: table(relationship.referenced), child: table(relationship.referencing) }
  return [
    ...typeNotAllowed(relationship),
    ...mergeUnderUnmergeable(relationship, sides),
    ...ownershipNeeded(relationship, sides),
    ...removeLinkOfRequired(relationship, sides),
    ...customOverPlatform(relationship),
    ...secondParent(relationship, others),
    ...parentalCircle(relationship, others),
  ]
}

const OWNER_TYPES: readonly CascadeType[] = ['NoCascade', 'Cascade', 'Active', 'UserOwned']

/** The types that each action accepts. Source: dataverse reference, section 1.3. */
export const ALLOWED_TYPES: Readonly<Record<CascadeAction, readonly CascadeType[]>> = {
  Assign: OWNER_TYPES,
  Delete: ['Cascade', 'RemoveLink', 'Restrict'],
  Merge: ['Cascade', 'NoCascade'],
  Reparent: OWNER_TYPES,
  Share: OWNER_TYPES,
  Unshare: OWNER_TYPES,
  RollupView: OWNER_TYPES,
  Archive: ['NoCascade', 'RemoveLink', 'Cascade', 'Restrict'],
}

interface Sides {
  parent: TableDefinition | undefined
  child: TableDefinition | undefined
}

const actionsOf = (relationship: RelationshipDefinition) => Object.entries(relationship.cascade) as [CascadeAction, CascadeType][]

function typeNotAllowed(relationship: RelationshipDefinition): DesignViolation[] {
  return actionsOf(relationship)
    .filter(([action, type]) => !ALLOWED_TYPES[action].includes(type))
    .map(([action, type]) => ({
      rule: 'DR1',
      platform: 'InvalidCascadeLinkType',
      action,
      message: schemaText.typeNotAllowed({ relationship: relationship.schemaName, type, action, types: ALLOWED_TYPES[action].join(', ') }),
    }))
}

function mergeUnderUnmergeable(relationship: RelationshipDefinition, { parent }: Sides): DesignViolation[] {
  if (relationship.cascade.Merge !== 'Cascade' || parent === undefined || parent.mergeable) return []
  return [
    {
      rule: 'DR2',
      platform: 'InvalidCascadeLinkType',
      action: 'Merge',
      message: schemaText.notMergeable({ relationship: relationship.schemaName, table: parent.logicalName }),
    },
  ]
}

function ownershipNeeded(relationship: RelationshipDefinition, { parent, child }: Sides): DesignViolation[] {
  const unowned = [parent, child].find((side) => side !== undefined && side.ownership !== 'UserOwned')
  if (unowned === undefined) return []
  const named = { relationship: relationship.schemaName, table: unowned.logicalName }
  const userOwned = actionsOf(relationship)
    .filter(([, type]) => type === 'UserOwned')
    .map(
      ([action]): DesignViolation => ({
        rule: 'DR3',
        platform: 'InvalidOrgOwnedCascadeLinkType',
        action,
        message: schemaText.userOwnedNeedsOwners({ ...named, action }),
      }),
    )
  const { Reparent } = relationship.cascade
  if (Reparent !== 'Cascade' && Reparent !== 'Active') return userOwned
  return [
    ...userOwned,
    {
      rule: 'DR4',
      platform: 'CascadeReparentOnNonUserOwned',
      action: 'Reparent',
      message: schemaText.reparentNeedsOwners({ ...named, type: Reparent }),
    },
  ]
}

function removeLinkOfRequired(relationship: RelationshipDefinition, { child }: Sides): DesignViolation[] {
  const lookup = child?.columns.find((column) => column.logicalName === relationship.attribute)
  if (relationship.cascade.Delete !== 'RemoveLink' || (lookup?.requiredLevel ?? 'None') === 'None') return []
  return [
    {
      rule: 'DR5',
      platform: 'CascadeRemoveLinkOnNonNullable',
      action: 'Delete',
      message: schemaText.lookupRequired({
        relationship: relationship.schemaName,
        column: `${relationship.referencing}.${relationship.attribute}`,
      }),
    },
  ]
}

/** Returns whether a relationship is the regarding lookup of activities or notes, which the platform makes parental for custom tables too. */
const isAboutAnything = ({ referencing, attribute }: RelationshipDefinition): boolean =>
  attribute === 'regardingobjectid' || (referencing === 'annotation' && attribute === 'objectid')

function customOverPlatform(relationship: RelationshipDefinition): DesignViolation[] {
  const { referenced, referencing, schemaName } = relationship
  if (isAboutAnything(relationship) || !isParental(relationship.cascade) || !isCustomTable(referenced) || !isPlatformTable(referencing))
    return []
  return [
    {
      rule: 'DR6',
      platform: 'CustomParentingSystemNotSupported',
      action: null,
      message: schemaText.customOverPlatform({ relationship: schemaName, parent: referenced, child: referencing }),
    },
  ]
}

function secondParent(relationship: RelationshipDefinition, others: RelationshipDefinition[]): DesignViolation[] {
  if (!isParental(relationship.cascade)) return []
  const first = others.find(
    (other) =>
      other.referencing === relationship.referencing &&
      isParental(other.cascade) &&
      (other.attribute !== relationship.attribute || other.referenced === relationship.referenced),
  )
  if (first === undefined) return []
  return [
    {
      rule: 'DR7',
      platform: 'MultipleParentsNotSupported',
      action: null,
      message: schemaText.secondParent({
        relationship: relationship.schemaName,
        child: relationship.referencing,
        first: first.schemaName,
      }),
    },
  ]
}

function parentalCircle(relationship: RelationshipDefinition, others: RelationshipDefinition[]): DesignViolation[] {
  const { referenced, referencing, schemaName } = relationship
  if (!isParental(relationship.cascade) || referenced === referencing) return []
  const parental = others.filter((other) => isParental(other.cascade) && other.referenced !== other.referencing)
  const below = new Set([referencing])
  for (const table of below) {
    for (const edge of parental) if (edge.referenced === table) below.add(edge.referencing)
  }
  if (!below.has(referenced)) return []
  return [
    {
      rule: 'DR8',
      platform: 'CyclicalRelationship',
      action: null,
      message: schemaText.parentalCircle({ relationship: schemaName, parent: referenced, child: referencing }),
    },
  ]
}
