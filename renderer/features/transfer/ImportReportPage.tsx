import { useState } from 'react'
import type { ImportReport } from '#engine/contract/transfer'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf, formatCount, formatDuration } from '../../ui/format.ts'
import { ReportEvidence } from './ReportEvidence.tsx'
import { type Evidence, evidenceOf } from './report-evidence.ts'

/** Shows the report of an import. Each line opens its details. */
export function ImportReportPage({ report }: { report: ImportReport }) {
  const view = useStore(viewStore)
  const lines = evidenceOf(report)
  const [open, setOpen] = useState<string | null>(lines.find((line) => line.weight === 'look')?.key ?? null)
  const tables = report.changes.filter((change) => change.subject === 'table' && change.kind === 'added').length
  return (
    <div className="import-report">
      <p className="import-summary">
        {report.sources.map((source) => source.name).join(', ') || 'Data'}: {headline(report)} in {formatDuration(report.durationMs)}.
      </p>
      <ul className="import-lines">
        {lines.map((line) => (
          <ReportLine key={line.key} line={line} open={open === line.key} onToggle={() => setOpen(open === line.key ? null : line.key)} />
        ))}
      </ul>
      <div className="import-next">
        <Button variant="primary" onClick={() => view.getState().go({ screen: 'model', table: null, relationship: null })}>
          Open the model
        </Button>
        {tables > 0 && report.recordsInserted === 0 && (
          <Button onClick={() => view.getState().openDialog({ kind: 'generate', table: null })}>Generate records</Button>
        )}
        {report.recordsInserted > 0 && <Button onClick={() => view.getState().goToScreen('records')}>Open records</Button>}
      </div>
    </div>
  )
}

function headline(report: ImportReport): string {
  const sum = (pick: (source: ImportReport['sources'][number]) => number) =>
    report.sources.reduce((total, source) => total + pick(source), 0)
  const assumed = report.lines.filter((line) => line.kind === 'assumed').reduce((total, line) => total + line.count, 0)
  const parts = [
    countOf(
      sum((source) => source.tables),
      'table',
    ),
    countOf(
      sum((source) => source.oneToMany),
      'relationship',
    ),
    countOf(report.stubs.length, 'stub'),
    countOf(assumed, 'assumption'),
  ]
  const records = report.recordsInserted + report.recordsUpdated
  return [...parts, ...(records > 0 ? [countOf(records, 'record')] : [])].join(', ')
}

function ReportLine({ line, open, onToggle }: { line: Evidence; open: boolean; onToggle: () => void }) {
  return (
    <li className={`import-line import-line-${line.weight}`}>
      <button type="button" className="import-line-button" aria-expanded={open} onClick={onToggle}>
        <span className="import-line-count">{formatCount(line.count)}</span>
        <span>
          {line.label}
          {line.explanation !== null && <span className="ui-muted import-line-why"> {line.explanation}</span>}
        </span>
      </button>
      {open && <ReportEvidence evidence={line} />}
    </li>
  )
}
