import { Link } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import type { ModeChoice, Preview } from '#engine/contract/cascades'
import { copyLink } from '../../frame/copy-link.ts'
import { activityStore } from '../../frame/stores/activity.ts'
import { completedStore } from '../../frame/stores/completed.ts'
import { peopleStore } from '../../frame/stores/people.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState, useStores } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Select } from '../../ui/Select.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { StartedJob } from './StartedJob.tsx'
import { canExecute, operationStore } from './stores/operation.ts'

interface OperationDialogProps {
  title: string
  description: ReactNode
  /** Returns the action button's label for a preview: `Delete 5,412 records`. */
  actionLabel: (preview: Preview | null) => string
  /** Returns the notice for an operation that completed at once. */
  doneLabel: (affected: number) => string
  dangerous?: boolean
  /** What must still be chosen before there is a preview. */
  incomplete: string
  onCompleted?: () => void
  children: ReactNode
}

const MODES: { value: ModeChoice; label: string; description: string }[] = [
  { value: 'Auto', label: 'As the platform decides', description: 'By the threshold in the settings' },
  { value: 'Sync', label: 'Synchronous', description: 'One transaction, all or nothing' },
  { value: 'Async', label: 'Asynchronous', description: 'A system job, in batches' },
]

/** Shows choices on the left and their preview on the right. The action is enabled once the preview for exactly these choices allows it. */
export function OperationDialog({
  title,
  description,
  actionLabel,
  doneLabel,
  dangerous = false,
  incomplete,
  onCompleted,
  children,
}: OperationDialogProps) {
  const view = useStore(viewStore)
  const stores = useStores()
  const operation = useStore(operationStore)
  const activity = useStore(activityStore)
  const completed = useStore(completedStore)
  const stage = useStoreState(operationStore, (state) => state.stage)
  const preview = useStoreState(operationStore, (state) => state.preview)
  const mode = useStoreState(operationStore, (state) => state.mode)
  const outcome = useStoreState(operationStore, (state) => state.outcome)
  const caller = useStoreState(peopleStore, (state) => state.caller)
  useEffect(() => () => operation.getState().leave(), [operation])

  const close = () => view.getState().closeDialog()
  const start = async () => {
    if (!(await operation.getState().execute())) return
    activity.getState().announce(doneLabel(operation.getState().outcome?.affected ?? preview?.affected ?? 0))
    completed.setState({ last: operation.getState().request })
    onCompleted?.()
    close()
  }
  const started = stage === 'started' && outcome !== null && outcome.jobId !== null
  return (
    <Modal
      size="wide"
      title={title}
      description={description}
      onClose={close}
      footer={
        started ? (
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        ) : (
          <>
            <span className="ui-modal-footer-note">{noteOn(stage, preview, incomplete)}</span>
            <Button variant="quiet" icon={<Link size={14} />} title="Copy a link to this preview" onClick={() => void copyLink(stores)}>
              Copy link
            </Button>
            <Button onClick={close}>Close</Button>
            <Button variant={dangerous ? 'danger' : 'primary'} disabled={!canExecute({ stage, preview })} onClick={() => void start()}>
              {stage === 'running' ? 'Working…' : actionLabel(preview)}
            </Button>
          </>
        )
      }
    >
      <div className="dialogs-choices">
        {children}
        <div className="ui-field">
          <span className="ui-field-label">Mode</span>
          <Select
            label="Mode"
            value={mode}
            options={MODES}
            disabled={stage === 'running' || started}
            onChange={(next) => operation.getState().chooseMode(next)}
          />
        </div>
        <p className="ui-muted ui-small">Runs as {caller?.name ?? 'admin'}; change this with “Work as” in the title bar.</p>
      </div>
      <div className="dialogs-effect">
        {started ? <StartedJob jobId={outcome.jobId ?? ''} onOpen={close} /> : <PreviewPane incomplete={incomplete} />}
      </div>
    </Modal>
  )
}

/** Returns why the button is disabled. */
function noteOn(stage: string, preview: Preview | null, incomplete: string): string {
  if (stage === 'empty') return incomplete
  if (stage === 'loading') return 'Planning…'
  if (stage === 'running') return 'The operation is under way.'
  if (stage === 'failed' || preview === null) return 'There is no preview for these choices.'
  if (preview.refusal !== null) return 'The platform would refuse this.'
  if (preview.blockedCount > 0) return `${countOf(preview.blockedCount, 'record')} ${preview.blockedCount === 1 ? 'blocks' : 'block'} this.`
  if (preview.nothingToDo) return 'Nothing would change.'
  return preview.mode === 'Async' ? `Will run as a system job over ${formatCount(preview.affected)} records.` : ''
}
