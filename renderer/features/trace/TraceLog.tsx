import { useEffect } from 'react'
import type { PlaceOf, RunsOnly } from '../../frame/location.ts'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { RunPanel } from './RunPanel.tsx'
import { traceStore } from './stores/trace.ts'
import { TraceFilters } from './TraceFilters.tsx'
import { TraceGrid } from './TraceGrid.tsx'
import { traceText } from './texts.ts'

/** Lists every run of a plug-in step, newest first, with the open run beside it. */
export function TraceLog({ run, only }: PlaceOf<'trace'>) {
  const { say } = useWords()
  const trace = useStore(traceStore)
  const view = useStore(viewStore)
  const leadsTo = JSON.stringify(only ?? null)
  useEffect(() => {
    const filter: RunsOnly | null = JSON.parse(leadsTo)
    if (filter !== null) trace.getState().showOnly(filter)
  }, [trace, leadsTo])
  useEffect(() => {
    trace.getState().watch()
    return () => trace.getState().leave()
  }, [trace])
  useEffect(() => trace.getState().hold('opened', run !== null), [trace, run])
  return (
    <Screen
      fills
      title={say(traceText.title)}
      sentence={say(traceText.sentence)}
      side={run === null ? null : <RunPanel run={run} onClose={() => view.getState().go({ screen: 'trace', run: null })} />}
    >
      <div className="trace-tabs">
        <PluginsTabs part="trace" />
      </div>
      <TraceFilters />
      <TraceGrid opened={run} />
    </Screen>
  )
}
