import { useState } from 'react'
import type { ImportReport } from '#engine/contract/transfer'
import type { Message } from '#text/message'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ReportEvidence } from './ReportEvidence.tsx'
import { type Evidence, evidenceOf } from './report-evidence.ts'
import { reportJson, reportPage, saveAs } from './save-report.ts'
import { transferText } from './texts.ts'

const { report: text } = transferText

/** Shows the report of an import. Each line opens its details. */
export function ImportReportPage({ report }: { report: ImportReport }) {
  const words = useWords()
  const { duration, say } = words
  const view = useStore(viewStore)
  const lines = evidenceOf(report)
  const [open, setOpen] = useState<string | null>(lines.find((line) => line.weight === 'look')?.key ?? null)
  const summary = summaryOf(report, duration(report.durationMs))
  const fileName = (ending: string) => `import-${report.sources[0]?.name ?? 'data'}.${ending}`
  const tables = report.changes.filter((change) => change.subject === 'table' && change.kind === 'added').length
  return (
    <div className="import-report">
      <p className="import-summary">{say(summary)}</p>
      <ul className="import-lines">
        {lines.map((line) => (
          <ReportLine key={line.key} line={line} open={open === line.key} onToggle={() => setOpen(open === line.key ? null : line.key)} />
        ))}
      </ul>
      <div className="import-next">
        <Button variant="primary" onClick={() => view.getState().go({ screen: 'model', table: null, relationship: null })}>
          {say(text.openModel)}
        </Button>
        {tables > 0 && report.recordsInserted === 0 && (
          <Button onClick={() => view.getState().openDialog({ kind: 'generate', table: null })}>{say(transferText.generateRecords)}</Button>
        )}
        {report.recordsInserted > 0 && (
          <Button onClick={() => view.getState().goToScreen('records')}>{say(transferText.openRecords)}</Button>
        )}
        <Button onClick={() => saveAs(fileName('html'), 'text/html', reportPage(report, say(summary), words))}>{say(text.saveHtml)}</Button>
        <Button onClick={() => saveAs(fileName('json'), 'application/json', reportJson(report, words))}>{say(text.saveJson)}</Button>
      </div>
    </div>
  )
}

function summaryOf(report: ImportReport, duration: string): Message {
  const sum = (pick: (source: ImportReport['sources'][number]) => number) =>
    report.sources.reduce((total, source) => total + pick(source), 0)
  return text.summary({
    sources: report.sources.map((source) => source.name).join(', ') || text.data,
    tables: new Set(report.sources.flatMap((source) => source.tableNames)).size,
    relationships: sum((source) => source.oneToMany),
    stubs: report.stubs.length,
    assumptions: report.lines.filter((line) => line.kind === 'assumed').reduce((total, line) => total + line.count, 0),
    records: report.recordsInserted + report.recordsUpdated,
    duration,
  })
}

function ReportLine({ line, open, onToggle }: { line: Evidence; open: boolean; onToggle: () => void }) {
  const { count, say } = useWords()
  return (
    <li className={`import-line import-line-${line.weight}`}>
      <button type="button" className="import-line-button" aria-expanded={open} onClick={onToggle}>
        <span className="import-line-count">{count(line.count)}</span>
        <span>
          {say(line.label)}
          {line.explanation !== null && <span className="ui-muted import-line-why"> {say(line.explanation)}</span>}
        </span>
      </button>
      {open && <ReportEvidence evidence={line} />}
    </li>
  )
}
