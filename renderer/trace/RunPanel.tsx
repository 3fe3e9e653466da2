import { useEffect } from 'react'
import { SidePanel } from '../app/Screen.tsx'
import { useApp, useStores } from '../app/stores-context.ts'
import { RunView } from './RunView.tsx'
import { stepPlaceOf, stepText } from './trace-words.ts'

/** One run in the side panel. */
export function RunPanel({ run, onClose }: { run: number; onClose: () => void }) {
  const { openRun } = useStores()
  const details = useApp('openRun', (state) => (state.number === run ? state.details : null))
  useEffect(() => void openRun.getState().open(run), [openRun, run])
  useEffect(() => () => void openRun.getState().open(null), [openRun])
  const title = details === null ? `Run ${run}` : details.run.plugin
  return (
    <SidePanel
      label={`Run of ${title}`}
      title={
        <>
          {title}
          {details !== null && <span className="trace-panel-step">{stepText(stepPlaceOf(details.run))}</span>}
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
