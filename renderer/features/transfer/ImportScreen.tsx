import { FileDown, FolderInput } from 'lucide-react'
import type { ChosenFile } from '#contract'
import { FilePicker } from '../../frame/FilePicker.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { activityStore } from '../../frame/stores/activity.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { CsvMapping } from './CsvMapping.tsx'
import { ImportReportPage } from './ImportReportPage.tsx'
import { SourceChoice } from './SourceChoice.tsx'
import { type ImportFlow, transferStore } from './stores/transfer.ts'
import { transferText } from './texts.ts'

export function ImportScreen() {
  const { say } = useWords()
  const transfer = useStore(transferStore)
  const flow = useStoreState(transferStore, (state) => state.flow)
  const name = nameIn(flow)
  return (
    <Screen
      title={say(name === null ? transferText.title : transferText.titleOf({ file: name }))}
      sentence={say(transferText.sentence[flow.step])}
      actions={
        flow.step === 'idle' || flow.step === 'running' || flow.step === 'receiving' ? undefined : (
          <Button onClick={() => transfer.getState().startAgain()}>{say(transferText.startAgain)}</Button>
        )
      }
    >
      <Step />
    </Screen>
  )
}

const nameIn = (flow: ImportFlow): string | null => ('name' in flow ? flow.name : 'file' in flow ? flow.file.name : null)

function Step() {
  const { say } = useWords()
  const flow = useStoreState(transferStore, (state) => state.flow)
  switch (flow.step) {
    case 'idle':
      return <Pick />
    case 'receiving':
      return <Working label={say(transferText.receiving({ file: flow.name }))} />
    case 'waiting':
      return <SkeletonLines lines={6} label={say(transferText.inspecting)} />
    case 'inspecting':
      return (
        <>
          <SkeletonLines lines={6} label={say(transferText.inspecting)} />
          <StopButton />
        </>
      )
    case 'failed':
      return (
        <ErrorNotice error={flow.error} title={say(transferText.notRead)} action={flow.file !== null && <TryAgain file={flow.file} />} />
      )
    case 'choosing':
      return <SourceChoice flow={flow} />
    case 'csv':
      return <CsvMapping flow={flow} />
    case 'running':
      return (
        <>
          <Working label={say(transferText.importing({ file: flow.file.name }))} />
          <StopButton />
        </>
      )
    case 'report':
      return <ImportReportPage report={flow.report} />
  }
}

function StopButton() {
  const { say } = useWords()
  const transfer = useStore(transferStore)
  return (
    <div className="import-stop">
      <Button onClick={() => void transfer.getState().stop()}>{say(transferText.stop)}</Button>
    </div>
  )
}

function TryAgain({ file }: { file: ChosenFile }) {
  const { say } = useWords()
  const transfer = useStore(transferStore)
  return <Button onClick={() => void transfer.getState().inspect(file)}>{say(transferText.tryAgain)}</Button>
}

function Pick() {
  const { say } = useWords()
  const transfer = useStore(transferStore)
  const { receive } = transfer.getState()
  const inspect = (file: ChosenFile) => void transfer.getState().inspect(file)
  return (
    <div className="import-pick">
      <FileDown size={32} aria-hidden />
      <p className="import-pick-title">{say(transferText.pick.title)}</p>
      <p className="ui-muted">{say(transferText.pick.formats)}</p>
      <div className="import-pick-actions">
        <FilePicker
          kind="import"
          variant="primary"
          label={say(transferText.pick.file)}
          icon={<FileDown size={15} />}
          accept=".zip,.xml,.json,.csv,.tsv,.xlsx,.yml,.yaml,.edmx"
          receive={receive}
          onFile={inspect}
        />
        <FilePicker
          kind="importFolder"
          label={say(transferText.pick.folder)}
          icon={<FolderInput size={15} />}
          receive={receive}
          onFile={inspect}
        />
      </div>
    </div>
  )
}

function Working({ label }: { label: string }) {
  const { count, say } = useWords()
  const progress = useStoreState(activityStore, (state) => state.progress[0])
  return (
    <div className="import-working" role="status">
      <p>{progress === undefined ? label : say(progress.label)}</p>
      <ProgressBar label={label} done={progress?.done ?? 0} total={progress?.total ?? null} />
      {progress !== undefined && (
        <p className="ui-muted">
          {progress.total === null ? count(progress.done) : say(transferText.progress({ done: progress.done, total: progress.total }))}
        </p>
      )}
    </div>
  )
}
