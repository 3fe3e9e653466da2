import { useState } from 'react'
import type { GenerateReport } from '#engine/contract/transfer'
import { activityStore } from '../../frame/stores/activity.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, formatDuration } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { GenerateForm } from './GenerateForm.tsx'
import { type GenerateDraft, rowsOf, ruleOf } from './generate-rule.ts'
import { transferStore } from './stores/transfer.ts'

export function GenerateDialog({ table: given }: { table: string | null }) {
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
  const counts = useStoreState(modelStore, (state) => state.counts)
  const generating = useStoreState(transferStore, (state) => state.generating)
  const error = useStoreState(transferStore, (state) => state.generateError)
  const progress = useStoreState(activityStore, (state) => state.progress[0])
  const rule = ruleOf(draft, relationship)
  const rows = rowsOf(draft, relationship === undefined ? 0 : (counts[relationship.referenced] ?? 0))
  const close = () => view.getState().closeDialog()

  const generate = async () => {
    if (rule === null) return
    const report: GenerateReport | null = await transfer.getState().generate([rule])
    if (report === null) return
    const label = `Generated ${countOf(report.total, 'record')} in ${formatDuration(report.durationMs)}`
    activity.getState().announce(label, { label: 'Open records', location: { screen: 'records', table: draft.table, recordId: null } })
    if (view.getState().dialog.kind === 'generate') close()
  }
  return (
    <Modal
      title="Generate records"
      description="Many rows by a rule, stored as given: no plug-ins, no cascades."
      onClose={close}
      footer={
        <>
          <span className="ui-modal-footer-note">
            {generating ? 'Goes on when you close this dialog.' : rule === null ? 'Choose a table and how many.' : ''}
          </span>
          <Button onClick={close}>Close</Button>
          <Button variant="primary" disabled={rule === null || generating || rows === 0} onClick={() => void generate()}>
            {generating ? 'Generating…' : `Generate ${countOf(rows, 'record')}`}
          </Button>
        </>
      }
    >
      <div className="dialogs-form">
        {error !== null && <ErrorNotice error={error} title="The records were not generated" />}
        {generating && <ProgressBar label="Generating records" done={progress?.done ?? 0} total={progress?.total ?? rows} />}
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
