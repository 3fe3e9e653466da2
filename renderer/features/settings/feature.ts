import './settings.css'
import { Settings } from 'lucide-react'
import { type Feature, goTo } from '../../frame/feature.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { SettingsScreen } from './SettingsScreen.tsx'
import { settingsText } from './texts.ts'

/** The settings of the open environment. */
export const settings = {
  name: 'settings',
  stores: [settingsStore],
  screens: { settings: SettingsScreen },
  navigation: { screen: 'settings', label: settingsText.title, icon: Settings, isLast: true },
  commands: [goTo(settingsText.goTo, { screen: 'settings' })],
} satisfies Feature
