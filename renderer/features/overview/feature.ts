import './overview.css'
import { Gauge } from 'lucide-react'
import { type Feature, goTo } from '../../frame/feature.ts'
import { OverviewScreen } from './OverviewScreen.tsx'

/** What is in the open environment, and what to try first. */
export const overview = {
  name: 'overview',
  screens: { overview: OverviewScreen },
  navigation: { screen: 'overview', label: 'Overview', icon: Gauge },
  commands: [goTo('Go to Overview', { screen: 'overview' })],
} satisfies Feature
