import type { CascadeAction, CascadeConfiguration, CascadeType, RelationshipDefinition } from '#engine/contract/tables'
import { platform } from '#text/english/platform'
import type { Message } from '#text/message'
import { modelText } from './texts.ts'

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

export const FIXED_BECAUSE: Partial<Record<CascadeAction, Message>> = modelText.fixed

export type Preset = 'Parental' | 'Referential' | 'RestrictDelete' | 'Custom'
export const PRESETS: Preset[] = ['Parental', 'Referential', 'RestrictDelete', 'Custom']

type PresetValues = Pick<CascadeConfiguration, 'Assign' | 'Reparent' | 'Share' | 'Unshare' | 'Delete'>
const none = { Assign: 'NoCascade', Reparent: 'NoCascade', Share: 'NoCascade', Unshare: 'NoCascade' } as const
export const PRESET_VALUES: Record<Exclude<Preset, 'Custom'>, PresetValues> = {
  Parental: { Assign: 'Cascade', Reparent: 'Cascade', Share: 'Cascade', Unshare: 'Cascade', Delete: 'Cascade' },
  Referential: { ...none, Delete: 'RemoveLink' },
  RestrictDelete: { ...none, Delete: 'Restrict' },
}

/** Returns the preset that equals the configuration, as the platform does, else Custom. */
export function presetOf(cascade: CascadeConfiguration): Preset {
  for (const [preset, values] of Object.entries(PRESET_VALUES)) {
    if (Object.entries(values).every(([action, type]) => cascade[action as CascadeAction] === type)) return preset as Preset
  }
  return 'Custom'
}

/** Says what the setting of an action does: `Deleting an account deletes its contacts.` */
export function explain(
  action: CascadeAction,
  { cascade, attribute }: Pick<RelationshipDefinition, 'cascade' | 'attribute'>,
  parent: string,
  child: string,
): Message {
  const type = cascade[action]
  const text = modelText.explain
  const params = { article: /^[aeiou]/i.test(parent) ? 'an' : 'a', parent, child, which: type, attribute, type: platform.cascadeType[type] }
  if (action === 'Delete' && type === 'Restrict') return text.Delete.restrict(params)
  if (action === 'Delete' && type === 'RemoveLink') return text.Delete.removeLink(params)
  return type === 'NoCascade' ? text[action].stays(params) : text[action].flows(params)
}
