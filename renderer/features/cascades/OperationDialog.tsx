import { Link } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import type { ModeChoice, Preview } from '#engine/contract/cascades'
import type { Message } from '#text/message'
import { copyLink } from '../../frame/copy-link.ts'
import { activityStore } from '../../frame/stores/activity.ts'
import { completedStore } from '../../frame/stores/completed.ts'
import { peopleStore } from '../../frame/stores/people.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState, useStores } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { Select } from '../../ui/Select.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { StartedJob } from './StartedJob.tsx'
import { canExecute, operationStore } from './stores/operation.ts'
import { cascadeText } from './texts.ts'

interface OperationDialogProps {
  title: string
  description: ReactNode
  /** Returns the action button's label for a preview: `Delete 5,412 records`. */
  actionLabel: (preview: Preview | null) => Message
  /** Returns the notice for an operation that completed at once. */
  doneLabel: (affected: number) => Message
  dangerous?: boolean
  /** What must still be chosen before there is a preview. */
  incomplete?: Message
  onCompleted?: () => void
  children: ReactNode
}

const MODES: ModeChoice[] = ['Auto', 'Sync', 'Async']
const { dialog: text, note } = cascadeText

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
  const { say } = useWords()
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
  const reason = noteOn(stage, preview, incomplete)
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
            {say(cascadeText.close)}
          </Button>
        ) : (
          <>
            <span className="ui-modal-footer-note">{reason && say(reason)}</span>
            <Button variant="quiet" icon={<Link size={14} />} title={say(text.copyLinkHint)} onClick={() => void copyLink(stores)}>
              {say(text.copyLink)}
            </Button>
            <Button onClick={close}>{say(cascadeText.close)}</Button>
            <Button variant={dangerous ? 'danger' : 'primary'} disabled={!canExecute({ stage, preview })} onClick={() => void start()}>
              {say(stage === 'running' ? text.working : actionLabel(preview))}
            </Button>
          </>
        )
      }
    >
      <div className="dialogs-choices">
        {children}
        <div className="ui-field">
          <span className="ui-field-label">{say(text.mode)}</span>
          <Select
            label={say(text.mode)}
            value={mode}
            options={MODES.map((value) => ({
              value,
              label: say(cascadeText.mode[value].label),
              description: say(cascadeText.mode[value].description),
            }))}
            disabled={stage === 'running' || started}
            onChange={(next) => operation.getState().chooseMode(next)}
          />
        </div>
        <p className="ui-muted ui-small">{say(text.runsAs({ caller: caller?.name ?? 'admin' }))}</p>
      </div>
      <div className="dialogs-effect">
        {started ? <StartedJob jobId={outcome.jobId ?? ''} onOpen={close} /> : <PreviewPane incomplete={incomplete} />}
      </div>
    </Modal>
  )
}

/** Returns why the button is disabled. */
function noteOn(stage: string, preview: Preview | null, incomplete: Message | undefined): Message | undefined {
  if (stage === 'empty') return incomplete
  if (stage === 'loading') return note.planning
  if (stage === 'running') return note.underWay
  if (stage === 'failed' || preview === null) return note.noPreview
  if (preview.refusal !== null) return note.wouldRefuse
  if (preview.blockedCount > 0) return note.blocked({ count: preview.blockedCount })
  if (preview.nothingToDo) return note.nothingToDo
  return preview.mode === 'Async' ? note.asJob({ count: preview.affected }) : undefined
}
