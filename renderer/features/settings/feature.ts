import './settings.css'
import { Settings } from 'lucide-react'
import { type Feature, goTo } from '../../frame/feature.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { SettingsScreen } from './SettingsScreen.tsx'

/** The settings of the open environment. */
export const settings = {
  name: 'settings',
  stores: [settingsStore],
  screens: { settings: SettingsScreen },
  navigation: { screen: 'settings', label: 'Settings', icon: Settings, isLast: true },
  commands: [goTo('Go to Settings', { screen: 'settings' })],
} satisfies Feature
