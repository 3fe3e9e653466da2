import { useEffect } from 'react'
import { SidePanel } from '../../frame/Screen.tsx'
import { useApp, useStores } from '../../frame/stores-context.ts'
import { stepPlaceOf, stepText } from '../../frame/trace-words.ts'
import { RunView } from './RunView.tsx'

/** Shows one run in the side panel. */
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
