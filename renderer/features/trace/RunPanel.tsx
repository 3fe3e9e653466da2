import { useEffect } from 'react'
import { SidePanel } from '../../frame/Screen.tsx'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { stepPlaceOf, stepText } from '../../frame/trace-words.ts'
import { useWords } from '../../text/words.ts'
import { RunView } from './RunView.tsx'
import { openRunStore } from './stores/open-run.ts'
import { traceText } from './texts.ts'

/** Shows one run in the side panel. */
export function RunPanel({ run, onClose }: { run: number; onClose: () => void }) {
  const { say } = useWords()
  const openRun = useStore(openRunStore)
  const details = useStoreState(openRunStore, (state) => (state.number === run ? state.details : null))
  useEffect(() => void openRun.getState().open(run), [openRun, run])
  useEffect(() => () => void openRun.getState().open(null), [openRun])
  const title = details === null ? say(traceText.run.numbered({ run: String(run) })) : details.run.plugin
  return (
    <SidePanel
      label={say(traceText.run.of({ plugin: title }))}
      title={
        <>
          {title}
          {details !== null && <span className="trace-panel-step">{say(stepText(stepPlaceOf(details.run)))}</span>}
        </>
      }
      onClose={onClose}
    >
      <div className="trace-panel">
        <RunView run={run} />
      </div>
    </SidePanel>
  )
}
