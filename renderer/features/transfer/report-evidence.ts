import type { ModelChange } from '#engine/contract/tables'
import type { ImportReport, ReportLine } from '#engine/contract/transfer'
import type { Message } from '#text/message'
import { transferText } from './texts.ts'

export interface EvidenceItem {
  text: string
  detail: string | Message
  /** The table, and its relationship, to link to. */
  table: string | null
  relationship: string | null
}

/** One line of the report with its details. `look` lines deserve attention, `good` lines are expected results. */
export interface Evidence {
  key: string
  weight: 'good' | 'look' | 'note'
  label: Message
  explanation: Message | null
  count: number
  items: EvidenceItem[]
}

const SUBJECTS: ModelChange['subject'][] = ['table', 'column', 'relationship', 'manyToMany']

const WEIGHTS: Record<ReportLine['kind'], Evidence['weight']> = {
  stub: 'look',
  assumed: 'look',
  assumedIdle: 'note',
  unknownWord: 'look',
  columnNotListed: 'note',
  lookupWithoutRelationship: 'look',
  duplicate: 'note',
  conflict: 'look',
  designRule: 'look',
  unparsedValue: 'look',
  stubRecord: 'look',
  danglingLink: 'look',
  schemaOnly: 'note',
  skipped: 'note',
  note: 'note',
}
const { report: text } = transferText

const changeItem = (change: ModelChange): EvidenceItem => ({
  text: change.name,
  detail: change.detail,
  table: change.subject === 'table' || change.subject === 'column' ? (change.name.split('.')[0] ?? null) : null,
  relationship: change.subject === 'relationship' ? change.name : null,
})

const changesOf = (report: ImportReport, kind: ModelChange['kind'], weight: Evidence['weight']): Evidence[] =>
  SUBJECTS.map((subject): Evidence => {
    const items = report.changes.filter((change) => change.kind === kind && change.subject === subject).map(changeItem)
    return { key: `${kind} ${subject}`, weight, label: text.change[kind][subject], explanation: null, count: items.length, items }
  }).filter((evidence) => evidence.count > 0)

/** Converts the report to lines with details, expected results first. */
export function evidenceOf(report: ImportReport): Evidence[] {
  const records = report.sources.flatMap((source) => Object.entries(source.recordsByTable))
  const lines = report.lines
    .filter((line) => line.kind !== 'stub')
    .map(
      (line, index): Evidence => ({
        key: `line ${index}`,
        weight: WEIGHTS[line.kind],
        label: text.line[line.kind],
        explanation: line.text,
        count: line.count,
        items: line.examples.map((example) => ({ text: example, detail: '', table: example.split('.')[0] ?? null, relationship: example })),
      }),
    )
  const stubs: Evidence = {
    key: 'stubs',
    weight: 'look',
    label: text.line.stub,
    explanation: text.stubsHint,
    count: report.stubs.length,
    items: report.stubs.map((stub) => ({ text: stub.table, detail: stub.reason, table: stub.table, relationship: null })),
  }
  const inserted: Evidence = {
    key: 'records',
    weight: 'good',
    label: text.records,
    explanation: text.recordsHint({ inserted: report.recordsInserted, updated: report.recordsUpdated }),
    count: report.recordsInserted + report.recordsUpdated,
    items: records.map(([table, count]) => ({ text: table, detail: String(count), table, relationship: null })),
  }
  const relationships = (key: 'parental' | 'restrict'): Evidence => ({
    key,
    weight: 'note',
    label: text[key],
    explanation: null,
    count: report[key].length,
    items: report[key].map(({ schemaName, referenced, referencing, attribute }) => ({
      text: schemaName,
      detail: `${referenced} → ${referencing}.${attribute}`,
      table: referenced,
      relationship: schemaName,
    })),
  })
  const processes: Evidence = {
    key: 'processes',
    weight: 'look',
    label: text.processes,
    explanation: text.processesHint,
    count: report.processes.length,
    items: report.processes.map(({ name, message, table, stage, mode }) => ({
      text: name,
      detail: `${message} ${table ?? ''} ${mode === 'Async' ? '' : stage}`.trim(),
      table,
      relationship: null,
    })),
  }
  const standard: Evidence = {
    key: 'standard',
    weight: 'good',
    label: text.standard,
    explanation: text.standardHint({ relationships: report.standard.relationships }),
    count: report.standard.tables,
    items: [],
  }
  return [
    ...changesOf(report, 'added', 'good'),
    ...changesOf(report, 'changed', 'good'),
    ...changesOf(report, 'completed', 'good'),
    ...changesOf(report, 'conflict', 'look'),
    ...[standard, inserted, relationships('parental'), relationships('restrict'), processes, stubs].filter(
      (evidence) => evidence.count > 0,
    ),
    ...lines,
  ]
}
