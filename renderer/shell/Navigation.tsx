import { Blocks, Boxes, Gauge, ListChecks, Settings, Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Screen } from '../frame/location.ts'
import { isUnderWay } from '../frame/stores/jobs.ts'
import { useApp, useStores } from '../frame/stores-context.ts'
import { formatCount } from '../ui/format.ts'

const ENTRIES: { screen: Screen; label: string; icon: ReactNode }[] = [
  { screen: 'overview', label: 'Overview', icon: <Gauge size={16} aria-hidden /> },
  { screen: 'model', label: 'Model', icon: <Boxes size={16} aria-hidden /> },
  { screen: 'records', label: 'Records', icon: <Table2 size={16} aria-hidden /> },
  { screen: 'jobs', label: 'System jobs', icon: <ListChecks size={16} aria-hidden /> },
  { screen: 'plugins', label: 'Plug-ins', icon: <Blocks size={16} aria-hidden /> },
]

export function Navigation() {
  const { view } = useStores()
  const current = useApp('view', (state) => state.location.screen)
  const underWay = useApp('jobs', (state) => (state.jobs ?? []).filter(isUnderWay).length)
  const paused = useApp('jobs', (state) => (state.jobs ?? []).filter((job) => job.status === 'Paused').length)
  const waiting = useApp('plugins', (state) => (state.plugins ?? []).filter(({ status }) => status === 'Waiting for agreement').length)
  const entry = (screen: Screen, label: string, icon: ReactNode, count = 0, stopped = 0, stoppedWord = 'paused') => (
    <button
      key={screen}
      type="button"
      className="app-nav-entry"
      aria-current={current === screen ? 'page' : undefined}
      onClick={() => view.getState().goToScreen(screen)}
    >
      {icon}
      <span>{label}</span>
      {count > 0 && (
        <span className="app-nav-count" title={`${formatCount(count)} under way`}>
          {formatCount(count)}
        </span>
      )}
      {stopped > 0 && (
        <span className="app-nav-count app-nav-paused" title={`${formatCount(stopped)} ${stoppedWord}`}>
          {formatCount(stopped)}
        </span>
      )}
    </button>
  )
  return (
    <nav className="app-nav" aria-label="Sections">
      {ENTRIES.map(({ screen, label, icon }) =>
        screen === 'plugins'
          ? entry(screen, label, icon, 0, waiting, 'waiting for agreement')
          : entry(screen, label, icon, screen === 'jobs' ? underWay : 0, screen === 'jobs' ? paused : 0),
      )}
      <div className="app-nav-gap" />
      {entry('settings', 'Settings', <Settings size={16} aria-hidden />)}
    </nav>
  )
}
