import { SETTINGS, type SettingRow, type ShownSetting } from '#engine/contract/settings'
import type { settingsText } from './texts.ts'

export type SettingEntry = SettingRow & { key: ShownSetting }
type GroupName = keyof typeof settingsText.group

export interface SettingGroup {
  name: GroupName
  entries: SettingEntry[]
}

const entries: SettingEntry[] = Object.entries<SettingRow>(SETTINGS)
  .filter(([, { takesEffect = true }]) => takesEffect)
  .map(([key, row]) => ({ ...row, key: key as ShownSetting }))

/** The settings in display order, those that do nothing yet left out. */
export const SETTING_GROUPS: SettingGroup[] = [...Map.groupBy(entries, ({ group }) => group)].map(([name, entries]) => ({ name, entries }))
