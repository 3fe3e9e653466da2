import { useEffect } from 'react'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { useStores } from '../../frame/stores-context.ts'
import { RunPanel } from './RunPanel.tsx'
import { TraceFilters } from './TraceFilters.tsx'
import { TraceGrid } from './TraceGrid.tsx'

/** Lists every run of a plug-in step, newest first, with the open run beside it. */
export function TraceLog({ run }: { run: number | null }) {
  const { trace, view } = useStores()
  useEffect(() => {
    trace.getState().watch()
    return () => trace.getState().leave()
  }, [trace])
  useEffect(() => trace.getState().hold('opened', run !== null), [trace, run])
  return (
    <Screen
      fills
      title="Plug-ins"
      sentence="The trace log: each run of a step on a record, newest first, also those whose transaction was rolled back."
      side={
        run === null ? null : <RunPanel run={run} onClose={() => view.getState().go({ screen: 'plugins', part: 'trace', run: null })} />
      }
    >
      <div className="trace-tabs">
        <PluginsTabs part="trace" />
      </div>
      <TraceFilters />
      <TraceGrid opened={run} />
    </Screen>
  )
}
