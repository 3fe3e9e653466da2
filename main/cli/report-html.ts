import type { ImportReport, ReportedRelationship } from '#engine/contract/transfer'
import { processKind, stageText } from './process-text.ts'

/** A report whose messages have been said. */
export type ReportInWords = Omit<ImportReport, 'changes' | 'stubs' | 'lines'> & {
  changes: (Omit<ImportReport['changes'][number], 'detail'> & { detail: string })[]
  stubs: (Omit<ImportReport['stubs'][number], 'reason'> & { reason: string })[]
  lines: (Omit<ImportReport['lines'][number], 'text'> & { text: string })[]
}

const ACTIONS = ['Assign', 'Delete', 'Merge', 'Reparent', 'Share', 'Unshare'] as const

/** Returns an import's report as one page of HTML that needs nothing else: every number with the names behind it. */
export function reportHtml(report: ReportInWords): string {
  const name = report.sources.map((source) => [source.name, source.version].filter(Boolean).join(' ')).join(', ')
  const sections = [
    section(
      'Sources',
      rows(
        ['source', 'format', 'version', 'tables', '1:N', 'N:N', 'rows'],
        report.sources.map((each) => [
          each.name,
          each.format,
          each.version ?? '',
          each.tables,
          each.oneToMany,
          each.manyToMany,
          each.records,
        ]),
      ),
    ),
    section(
      'The model now',
      rows(
        ['tables', 'relationships', 'N:N', 'standard tables added', 'standard relationships added'],
        [[report.total.tables, report.total.relationships, report.total.manyToMany, report.standard.tables, report.standard.relationships]],
      ),
    ),
    ...report.sources.filter(({ oneToMany }) => oneToMany > 0).map(cascades),
    section(`Parental relationships (${report.parental.length})`, relationships(report.parental)),
    section(`Relationships that restrict a delete (${report.restrict.length})`, relationships(report.restrict)),
    section(
      `What else runs on the platform, and never here (${report.processes.length})`,
      rows(
        ['solution', 'what', 'name', 'message', 'table', 'stage', 'columns'],
        report.processes.map((process) => [
          process.solution,
          processKind(process),
          process.name,
          process.message,
          process.table ?? 'any',
          stageText(process),
          process.columns?.join(', ') ?? 'any',
        ]),
      ),
    ),
    section(
      `Tables without definition (${report.stubs.length})`,
      rows(
        ['table', 'why', 'relationships'],
        report.stubs.map(({ table, reason, relationships: count }) => [table, reason, count]),
      ),
    ),
    findings('Assumptions that can change a result', report, ['assumed', 'unknownWord']),
    findings('What was not read', report, ['skipped', 'unparsedValue', 'danglingLink']),
    findings('To look at', report, [
      'conflict',
      'duplicate',
      'designRule',
      'lookupWithoutRelationship',
      'columnNotListed',
      'schemaOnly',
      'stubRecord',
      'note',
    ]),
    findings('Assumptions that change no result', report, ['assumedIdle']),
    section(
      `Changes of the model (${report.changes.length})`,
      details(
        'show',
        rows(
          ['what', 'name', 'change'],
          report.changes.map(({ kind, subject, name: of, detail }) => [`${subject} ${kind}`, of, detail]),
        ),
      ),
    ),
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(`Import of ${name}`)}</title><style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1d232b }
table { border-collapse: collapse; margin: .5rem 0 } th, td { border-bottom: 1px solid #d5dae1; padding: .25rem .75rem; text-align: left; vertical-align: top }
h2 { font-size: 1.1rem; margin-top: 2rem } summary { cursor: pointer } .none { color: #667 }
</style></head><body><h1>${escaped(`Import of ${name}`)}</h1>
${sections.join('\n')}
</body></html>
`
}

function cascades(source: ReportInWords['sources'][number]): string {
  const values = [...new Set(ACTIONS.flatMap((action) => Object.keys(source.cascades[action])))]
  const table = rows(
    ['action', ...values],
    ACTIONS.map((action) => [action, ...values.map((value) => source.cascades[action][value as 'Cascade'] ?? 0)]),
  )
  const names = ACTIONS.flatMap((action) =>
    Object.entries(source.cascadeNames[action]).map(([value, list]) =>
      details(`${action} ${value}: ${list.length}`, escaped(list.join(', '))),
    ),
  )
  return section(`Cascades of ${source.name}`, table + names.join(''))
}

const relationships = (list: readonly ReportedRelationship[]): string =>
  rows(
    ['relationship', 'parent', 'child', 'lookup', ...ACTIONS],
    list.map(({ schemaName, referenced, referencing, attribute, cascade }) => [
      schemaName,
      referenced,
      referencing,
      attribute,
      ...ACTIONS.map((action) => cascade[action]),
    ]),
  )

function findings(title: string, { lines }: ReportInWords, kinds: ReportInWords['lines'][number]['kind'][]): string {
  const own = lines.filter(({ kind }) => kinds.includes(kind))
  return section(
    `${title} (${own.reduce((sum, { count }) => sum + count, 0)})`,
    own.map(({ text, count, examples }) => details(`${count} × ${text}`, escaped(examples.join('\n')).replaceAll('\n', '<br>'))).join(''),
  )
}

const section = (title: string, content: string): string =>
  `<section><h2>${escaped(title)}</h2>${content === '' ? '<p class="none">none</p>' : content}</section>`

const details = (summary: string, content: string): string => `<details><summary>${escaped(summary)}</summary>${content}</details>`

function rows(heading: string[], lines: (string | number)[][]): string {
  if (lines.length === 0) return ''
  const cells = (tag: string, line: (string | number)[]) =>
    `<tr>${line.map((cell) => `<${tag}>${escaped(String(cell))}</${tag}>`).join('')}</tr>`
  return `<table>${cells('th', heading)}${lines.map((line) => cells('td', line)).join('')}</table>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
