import { FileDown, FolderInput } from 'lucide-react'
import { FilePicker } from '../../frame/FilePicker.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { activityStore } from '../../frame/stores/activity.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { fileNameOf, formatCount } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/Progress.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { CsvMapping } from './CsvMapping.tsx'
import { ImportReportPage } from './ImportReportPage.tsx'
import { SourceChoice } from './SourceChoice.tsx'
import { transferStore } from './stores/transfer.ts'

const SENTENCES: Record<string, string> = {
  idle: 'Bring in tables, relationships and data. What is there is added to and updated; records are kept.',
  waiting: 'The file is imported as soon as an environment is open.',
  receiving: 'The file is on its way to the host.',
  inspecting: 'Looking at what the file holds. Nothing is changed yet.',
  choosing: 'This is what was found. Choose what to import.',
  csv: 'Say which column of the file goes where.',
  running: 'Read and checked as a whole before anything is written.',
  report: 'What was imported, what is missing and what had to be assumed.',
  failed: 'Nothing was changed.',
}

export function ImportScreen() {
  const transfer = useStore(transferStore)
  const flow = useStoreState(transferStore, (state) => state.flow)
  const file = 'path' in flow ? fileNameOf(flow.path) : null
  return (
    <Screen
      title={file === null ? 'Import' : `Import ${file}`}
      sentence={SENTENCES[flow.step]}
      actions={
        flow.step === 'idle' || flow.step === 'running' || flow.step === 'receiving' ? undefined : (
          <Button onClick={() => transfer.getState().startAgain()}>Import something else</Button>
        )
      }
    >
      <Step />
    </Screen>
  )
}

function Step() {
  const transfer = useStore(transferStore)
  const flow = useStoreState(transferStore, (state) => state.flow)
  switch (flow.step) {
    case 'idle':
      return <Pick />
    case 'receiving':
      return <Working label={`Receiving ${flow.name}`} />
    case 'waiting':
    case 'inspecting':
      return <SkeletonLines lines={6} label="Inspecting" />
    case 'failed':
      return (
        <ErrorNotice
          error={flow.error}
          title="The file could not be read"
          action={<Button onClick={() => void transfer.getState().inspect(flow.path)}>Try again</Button>}
        />
      )
    case 'choosing':
      return <SourceChoice flow={flow} />
    case 'csv':
      return <CsvMapping flow={flow} />
    case 'running':
      return <Working label={`Importing ${fileNameOf(flow.path)}`} />
    case 'report':
      return <ImportReportPage report={flow.report} />
  }
}

function Pick() {
  const transfer = useStore(transferStore)
  const { receive } = transfer.getState()
  const inspect = (path: string) => void transfer.getState().inspect(path)
  return (
    <div className="import-pick">
      <FileDown size={32} aria-hidden />
      <p className="import-pick-title">Drop files anywhere on this window</p>
      <p className="ui-muted">
        Solutions (zip or unpacked), customizations.xml, Web API metadata, Configuration Migration packages, CSV files.
      </p>
      <div className="import-pick-actions">
        <FilePicker
          kind="import"
          variant="primary"
          label="Choose file"
          icon={<FileDown size={15} />}
          accept=".zip,.xml,.json,.csv,.tsv,.yml,.yaml,.edmx"
          receive={receive}
          onPath={inspect}
        />
        <FilePicker kind="importFolder" label="Choose folder" icon={<FolderInput size={15} />} receive={receive} onPath={inspect} />
      </div>
    </div>
  )
}

function Working({ label }: { label: string }) {
  const progress = useStoreState(activityStore, (state) => state.progress[0])
  return (
    <div className="import-working" role="status">
      <p>{progress?.label ?? label}</p>
      <ProgressBar label={label} done={progress?.done ?? 0} total={progress?.total ?? null} />
      {progress !== undefined && (
        <p className="ui-muted">
          {progress.total === null ? formatCount(progress.done) : `${formatCount(progress.done)} of ${formatCount(progress.total)}`}
        </p>
      )}
    </div>
  )
}
