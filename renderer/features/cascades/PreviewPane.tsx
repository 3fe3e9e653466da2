import { ScanSearch } from 'lucide-react'
import { useState } from 'react'
import type { Preview } from '#engine/contract/cascades'
import type { Message } from '#text/message'
import { activityStore } from '../../frame/stores/activity.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { PlanRowList } from './PlanRowList.tsx'
import { PreviewSummary } from './PreviewSummary.tsx'
import { operationStore } from './stores/operation.ts'
import type { PlanRowFilter } from './stores/plan-rows.ts'
import { cascadeText } from './texts.ts'

const { preview: text } = cascadeText

/** Shows the effect of the choices. While they are planned again, the older preview stays visible and is marked. */
export function PreviewPane({ incomplete }: { incomplete: Message | undefined }) {
  const { say } = useWords()
  const operation = useStore(operationStore)
  const stage = useStoreState(operationStore, (state) => state.stage)
  const preview = useStoreState(operationStore, (state) => state.preview)
  const error = useStoreState(operationStore, (state) => state.error)
  const progress = useStoreState(activityStore, (state) => state.progress[0])
  if (stage === 'empty') {
    return (
      <EmptyState icon={<ScanSearch size={28} />} title={say(text.first)}>
        {say(incomplete === undefined ? text.firstHint : text.firstHintIncomplete({ incomplete }))}
      </EmptyState>
    )
  }
  return (
    <section className="dialogs-preview" aria-label={say(text.label)} aria-busy={stage === 'loading' || stage === 'running'}>
      {(stage === 'loading' || stage === 'running') && (
        <div className="dialogs-busy">
          <ProgressBar label={say(progress?.label ?? cascadeText.planning)} done={progress?.done ?? 0} total={progress?.total ?? null} />
        </div>
      )}
      {stage === 'failed' && error !== null && (
        <ErrorNotice error={error} title={say(error.code === 'CANCELLED' ? text.stopped : cascadeText.wouldRefuse)} />
      )}
      {preview === null && stage === 'loading' && <SkeletonLines lines={9} label={say(cascadeText.planning)} />}
      {preview !== null && <Planned key={preview.planId} preview={preview} isOlder={stage === 'loading'} />}
      {stage === 'loading' && (
        <div>
          <Button onClick={() => void operation.getState().stop()}>{say(text.stop)}</Button>
        </div>
      )}
    </section>
  )
}

/** Shows the summary, or the rows that one of its numbers counts. */
function Planned({ preview, isOlder }: { preview: Preview; isOlder: boolean }) {
  const [rows, setRows] = useState<{ filter: PlanRowFilter; label: Message } | null>(null)
  return (
    <div className={isOlder ? 'dialogs-planned dialogs-older' : 'dialogs-planned'}>
      {rows === null ? (
        <PreviewSummary preview={preview} onOpenRows={(filter, label) => setRows({ filter, label })} />
      ) : (
        <PlanRowList planId={preview.planId} filter={rows.filter} label={rows.label} onBack={() => setRows(null)} />
      )}
    </div>
  )
}
