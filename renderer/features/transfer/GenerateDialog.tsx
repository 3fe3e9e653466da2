import { useState } from 'react'
import type { GenerateReport } from '#engine/contract/transfer'
import { activityStore } from '../../frame/stores/activity.ts'
import { useCount } from '../../frame/stores/counts.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { GenerateForm } from './GenerateForm.tsx'
import { type GenerateDraft, rowsOf, ruleOf } from './generate-rule.ts'
import { transferStore } from './stores/transfer.ts'
import { transferText } from './texts.ts'

const { generate: text } = transferText

export function GenerateDialog({ table: given }: { table: string | null }) {
  const { duration, say } = useWords()
  const view = useStore(viewStore)
  const transfer = useStore(transferStore)
  const activity = useStore(activityStore)
  const [draft, setDraft] = useState<GenerateDraft>({
    table: given ?? '',
    shape: 'count',
    count: 1000,
    relationship: '',
    perParent: 3,
    owners: [],
    states: {},
  })
  const relationship = useStoreState(modelStore, (state) => state.relationships.get(draft.relationship))
  const definition = useStoreState(modelStore, (state) => state.tables.get(draft.table))
  const parents = useCount(relationship?.referenced ?? null) ?? 0
  const generating = useStoreState(transferStore, (state) => state.generating)
  const error = useStoreState(transferStore, (state) => state.generateError)
  const progress = useStoreState(activityStore, (state) => state.progress[0])
  const rule = ruleOf(draft, relationship)
  const rows = rowsOf(draft, parents)
  const close = () => view.getState().closeDialog()

  const generate = async () => {
    if (rule === null) return
    const report: GenerateReport | null = await transfer.getState().generate([rule])
    if (report === null) return
    const done = text.done({ count: report.total, duration: duration(report.durationMs) })
    activity
      .getState()
      .announce(done, { label: transferText.openRecords, location: { screen: 'records', table: draft.table, recordId: null } })
    if (view.getState().dialog.kind === 'generate') close()
  }
  return (
    <Modal
      title={say(transferText.generateRecords)}
      description={say(text.explanation)}
      onClose={close}
      footer={
        <>
          <span className="ui-modal-footer-note">{generating ? say(text.goesOn) : rule === null ? say(text.incomplete) : ''}</span>
          {generating && <Button onClick={() => void transfer.getState().stop()}>{say(transferText.stop)}</Button>}
          <Button onClick={close}>{say(text.close)}</Button>
          <Button variant="primary" disabled={rule === null || generating || rows === 0} onClick={() => void generate()}>
            {say(generating ? text.working : text.action({ count: rows }))}
          </Button>
        </>
      }
    >
      <div className="dialogs-form">
        {error !== null && <ErrorNotice error={error} title={say(text.notGenerated)} />}
        {generating && <ProgressBar label={say(text.progress)} done={progress?.done ?? 0} total={progress?.total ?? rows} />}
        <GenerateForm
          draft={draft}
          definition={definition}
          disabled={generating}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      </div>
    </Modal>
  )
}
