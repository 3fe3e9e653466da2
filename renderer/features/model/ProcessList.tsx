import { Workflow } from 'lucide-react'
import type { ErrorData } from '#engine/contract/errors'
import type { ProcessDefinition } from '#engine/contract/processes'
import { useWords } from '../../text/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { modelText } from './texts.ts'

const { processes: text } = modelText

/** Lists what imported solutions would run on a table. None of it runs here. */
export function ProcessList({ processes, error }: { processes: readonly ProcessDefinition[]; error: ErrorData | null }) {
  const { say } = useWords()
  if (error !== null) return <ErrorNotice error={error} title={say(text.notRead)} />
  if (processes.length === 0) {
    return (
      <EmptyState icon={<Workflow size={28} />} title={say(text.none)}>
        {say(text.noneHint)}
      </EmptyState>
    )
  }
  return (
    <table className="ui-table" aria-label={say(text.label)}>
      <thead>
        <tr>
          <th scope="col">{say(text.name)}</th>
          <th scope="col">{say(text.trigger)}</th>
          <th scope="col">{say(text.columns)}</th>
          <th scope="col">{say(text.solution)}</th>
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <tr key={`${process.id} ${process.message}`}>
            <td>
              {process.name} <span className="ui-muted">{say(text.kind[process.kind][process.mode])}</span>
            </td>
            <td>
              {process.message} <span className="ui-muted">{process.mode === 'Async' ? say(text.asynchronous) : process.stage}</span>
            </td>
            <td className="ui-mono">{process.columns === null ? say(text.anyColumn) : process.columns.join(', ')}</td>
            <td>{process.solution}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
