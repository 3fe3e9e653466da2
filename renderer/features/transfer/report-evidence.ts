import type { ModelChange } from '#engine/contract/tables'
import type { ImportReport, ReportLine } from '#engine/contract/transfer'

export interface EvidenceItem {
  text: string
  detail: string
  /** The table, and its relationship, to link to. */
  table: string | null
  relationship: string | null
}

/** One line of the report with its details. `look` lines deserve attention, `good` lines are expected results. */
export interface Evidence {
  key: string
  weight: 'good' | 'look' | 'note'
  label: string
  explanation: string | null
  count: number
  items: EvidenceItem[]
}

const SUBJECTS: [ModelChange['subject'], string][] = [
  ['table', 'tables'],
  ['column', 'columns'],
  ['relationship', 'relationships'],
  ['manyToMany', 'N:N relationships'],
]

const LINE_WORDS: Record<ReportLine['kind'], { label: string; weight: Evidence['weight'] }> = {
  stub: { label: 'stubs', weight: 'look' },
  assumed: { label: 'assumptions', weight: 'look' },
  unknownWord: { label: 'unknown words', weight: 'look' },
  columnNotListed: { label: 'columns that the source does not list', weight: 'note' },
  lookupWithoutRelationship: { label: 'lookups without a relationship', weight: 'look' },
  duplicate: { label: 'duplicates', weight: 'note' },
  conflict: { label: 'conflicts', weight: 'look' },
  designRule: { label: 'design-time rules broken', weight: 'look' },
  unparsedValue: { label: 'values that could not be read', weight: 'look' },
  stubRecord: { label: 'stub records', weight: 'look' },
  danglingLink: { label: 'links to rows that do not exist', weight: 'look' },
  schemaOnly: { label: 'tables without data', weight: 'note' },
  skipped: { label: 'parts left out', weight: 'note' },
  note: { label: 'notes', weight: 'note' },
}

const changeItem = (change: ModelChange): EvidenceItem => ({
  text: change.name,
  detail: change.detail,
  table: change.subject === 'table' || change.subject === 'column' ? (change.name.split('.')[0] ?? null) : null,
  relationship: change.subject === 'relationship' ? change.name : null,
})

const changesOf = (report: ImportReport, kind: ModelChange['kind'], verb: string, weight: Evidence['weight']): Evidence[] =>
  SUBJECTS.map(([subject, plural]): Evidence => {
    const items = report.changes.filter((change) => change.kind === kind && change.subject === subject).map(changeItem)
    return { key: `${kind} ${subject}`, weight, label: `${plural} ${verb}`, explanation: null, count: items.length, items }
  }).filter((evidence) => evidence.count > 0)

/** Converts the report to lines with details, expected results first. */
export function evidenceOf(report: ImportReport): Evidence[] {
  const records = report.sources.flatMap((source) => Object.entries(source.recordsByTable))
  const lines = report.lines
    .filter((line) => line.kind !== 'stub')
    .map(
      (line, index): Evidence => ({
        key: `line ${index}`,
        weight: LINE_WORDS[line.kind].weight,
        label: LINE_WORDS[line.kind].label,
        explanation: line.text,
        count: line.count,
        items: line.examples.map((example) => ({ text: example, detail: '', table: example.split('.')[0] ?? null, relationship: example })),
      }),
    )
  const stubs: Evidence = {
    key: 'stubs',
    weight: 'look',
    label: 'stubs',
    explanation: 'Tables that others refer to and that no source defines.',
    count: report.stubs.length,
    items: report.stubs.map((stub) => ({ text: stub.table, detail: stub.reason, table: stub.table, relationship: null })),
  }
  const inserted: Evidence = {
    key: 'records',
    weight: 'good',
    label: 'records',
    explanation: `${report.recordsInserted} new, ${report.recordsUpdated} updated.`,
    count: report.recordsInserted + report.recordsUpdated,
    items: records.map(([table, count]) => ({ text: table, detail: String(count), table, relationship: null })),
  }
  return [
    ...changesOf(report, 'added', 'added', 'good'),
    ...changesOf(report, 'changed', 'changed', 'good'),
    ...changesOf(report, 'completed', 'completed', 'good'),
    ...changesOf(report, 'conflict', 'in conflict', 'look'),
    ...[inserted, stubs].filter((evidence) => evidence.count > 0),
    ...lines,
  ]
}
