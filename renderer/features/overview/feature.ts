import './overview.css'
import { Gauge } from 'lucide-react'
import { type Feature, goTo } from '../../frame/feature.ts'
import { OverviewScreen } from './OverviewScreen.tsx'
import { overviewText } from './texts.ts'

/** What is in the open environment, and what to try first. */
export const overview = {
  name: 'overview',
  screens: { overview: OverviewScreen },
  navigation: { screen: 'overview', label: overviewText.title, icon: Gauge },
  commands: [goTo(overviewText.goTo, { screen: 'overview' })],
} satisfies Feature
