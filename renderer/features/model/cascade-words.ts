import type { CascadeAction, CascadeConfiguration, CascadeType, RelationshipDefinition } from '#engine/contract/tables'
import { TYPE_LABEL } from '../../frame/cascade-types.ts'

/** The platform's words for cascade types, and what a configuration means in plain sentences. */

/** For narrow cells, where the column already says "cascade". */
export const TYPE_SHORT: Record<CascadeType, string> = {
  NoCascade: 'None',
  Cascade: 'All',
  Active: 'Active',
  UserOwned: 'User Owned',
  RemoveLink: 'Remove Link',
  Restrict: 'Restrict',
}

const FLOWING: CascadeType[] = ['NoCascade', 'Cascade', 'Active', 'UserOwned']

/** Source: dataverse reference, section 1.3. Merge is fixed by the parent, Archive is internal: both are shown, not offered. */
export const ALLOWED: Record<CascadeAction, CascadeType[]> = {
  Assign: FLOWING,
  Delete: ['Cascade', 'RemoveLink', 'Restrict'],
  Merge: [],
  Reparent: FLOWING,
  Share: FLOWING,
  Unshare: FLOWING,
  RollupView: FLOWING,
  Archive: [],
}

export const FIXED_BECAUSE: Partial<Record<CascadeAction, string>> = {
  Merge: 'Fixed by the parent table: Cascade All where it can be merged, else Cascade None.',
  Archive: 'For internal use of the platform.',
}

export type Preset = 'Parental' | 'Referential' | 'Referential, Restrict Delete' | 'Custom'
export const PRESETS: Preset[] = ['Parental', 'Referential', 'Referential, Restrict Delete', 'Custom']

type PresetValues = Pick<CascadeConfiguration, 'Assign' | 'Reparent' | 'Share' | 'Unshare' | 'Delete'>
const none = { Assign: 'NoCascade', Reparent: 'NoCascade', Share: 'NoCascade', Unshare: 'NoCascade' } as const
export const PRESET_VALUES: Record<Exclude<Preset, 'Custom'>, PresetValues> = {
  Parental: { Assign: 'Cascade', Reparent: 'Cascade', Share: 'Cascade', Unshare: 'Cascade', Delete: 'Cascade' },
  Referential: { ...none, Delete: 'RemoveLink' },
  'Referential, Restrict Delete': { ...none, Delete: 'Restrict' },
}

/** Returns the preset that equals the configuration, as the platform does, else Custom. */
export function presetOf(cascade: CascadeConfiguration): Preset {
  for (const [preset, values] of Object.entries(PRESET_VALUES)) {
    if (Object.entries(values).every(([action, type]) => cascade[action as CascadeAction] === type)) return preset as Preset
  }
  return 'Custom'
}

const WHICH: Record<CascadeType, (children: string) => string> = {
  NoCascade: (children) => children,
  Cascade: (children) => `its ${children}`,
  Active: (children) => `its ${children} that are active`,
  UserOwned: (children) => `its ${children} that have the same owner`,
  RemoveLink: (children) => children,
  Restrict: (children) => children,
}

/** `Deleting an account deletes its contacts.` Names are display names; the platform has plural ones, a model often has not. */
export function explain(
  action: CascadeAction,
  { cascade, attribute }: Pick<RelationshipDefinition, 'cascade' | 'attribute'>,
  parent: string,
  child: string,
): string {
  const type = cascade[action]
  const children = `${child} records`
  const which = WHICH[type](children)
  const a = `${/^[aeiou]/i.test(parent) ? 'an' : 'a'} ${parent}`
  switch (action) {
    case 'Assign':
      return type === 'NoCascade'
        ? `Assigning ${a} leaves its ${children} with their owners.`
        : `Assigning ${a} assigns ${which} to the new owner too.`
    case 'Delete':
      if (type === 'Restrict') return `${capital(a)} cannot be deleted while ${children} point to it.`
      if (type === 'RemoveLink') return `Deleting ${a} keeps its ${children} and empties their ${attribute}.`
      return type === 'NoCascade' ? `Deleting ${a} does nothing to its ${children}.` : `Deleting ${a} deletes ${which}.`
    case 'Merge':
      return type === 'NoCascade'
        ? `Merging ${a} away leaves its ${children} pointing to it.`
        : `Merging ${a} away moves ${which} to the record that stays.`
    case 'Reparent':
      return type === 'NoCascade'
        ? `Moving ${child} records to another ${parent} changes nobody's access.`
        : `When the ${parent} of a ${child} changes, access that comes from the parent is worked out anew for ${which}.`
    case 'Share':
      return type === 'NoCascade' ? `Sharing ${a} does not share its ${children}.` : `Sharing ${a} shares ${which}.`
    case 'Unshare':
      return type === 'NoCascade'
        ? `Ending a share of ${a} leaves shares of its ${children}.`
        : `Ending a share of ${a} also ends it for ${which}.`
    case 'RollupView':
      return type === 'NoCascade'
        ? `Associated views of ${a} do not list activities of its ${children}.`
        : `Associated views of ${a} also list activities of ${which}.`
    case 'Archive':
      return type === 'NoCascade'
        ? `Long-term retention of ${a} does not touch its ${children}.`
        : `Long-term retention of ${a}: ${TYPE_LABEL[type]} for its ${children}.`
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
