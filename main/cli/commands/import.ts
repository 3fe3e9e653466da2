import { Command } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import { CASCADE_TYPES } from '#engine/contract/tables'
import type { CsvImport, ImportReport, ReportedRelationship } from '#engine/contract/transfer'
import { inEnglish } from '#text/english'
import type { Workbench } from '../../workbench/workbench.ts'
import { type CallerOption, callerOf, withCaller } from '../caller.ts'
import { acts, examples, several } from '../command.ts'
import { facts, grouped, table } from '../output.ts'
import { reportHtml } from '../report-html.ts'
import { withWorkbench } from '../with-workbench.ts'
import { writeReport } from '../write-report.ts'

interface ImportCommandOptions extends CallerOption {
  json?: boolean
  into: string
  report?: string
  standard: boolean
  only?: string[]
  table?: string
  map?: string[]
}

export const importCommand = () =>
  acts<[string], ImportCommandOptions>(
    withCaller(new Command('import'))
      .description('import a solution, metadata, exported data, a CSV file or a workbook')
      .argument('<source>', 'a file or folder')
      .requiredOption('--into <environment>', 'a .cascade file; created if it does not exist')
      .option('--report <file>', 'write the whole report, as HTML where the name ends in .html, else as JSON')
      .option('--no-standard', 'do not define the standard tables that are only named as the platform ships them')
      .option('--only <path>', 'only this of the sources found; may be given several times', several)
      .option('--table <name>', 'CSV: the table that the rows belong to')
      .option('--map <heading=column>', 'CSV: where a column goes; may be given several times', several)
      .addHelpText(
        'after',
        examples(
          'cascade import contoso_1_0_0_1.zip --into lab.cascade',
          'cascade import contacts.csv --into lab.cascade --table contact --map "Full Name=fullname" --map Id=contactid',
        ),
      ),
    ({ output }, options, source) =>
      withWorkbench(
        options.into,
        async (workbench) => {
          const report = isCsv(source, options)
            ? await importCsv(workbench, source, options)
            : await importSource(workbench, source, options)
          if (options.report !== undefined)
            writeReport(
              options.report,
              /\.html?$/i.test(options.report) ? reportHtml(reportFacts(report)) : `${JSON.stringify(reportFacts(report), null, 2)}\n`,
            )
          output.result(reportFacts(report), () => reportText(report))
          return undefined
        },
        { create: true },
      ),
  )

const isCsv = (source: string, options: ImportCommandOptions) =>
  options.table !== undefined || options.map !== undefined || /\.(?:csv|tsv|xlsx)$/i.test(source)

function importSource(workbench: Workbench, source: string, options: ImportCommandOptions): Promise<ImportReport> {
  const { standard, only } = options
  return callerOf(workbench, options).importSource(source, {
    standard,
    ...(only === undefined ? {} : { only }),
  })
}

async function importCsv(workbench: Workbench, source: string, options: ImportCommandOptions): Promise<ImportReport> {
  return callerOf(workbench, options).importCsv(
    source,
    options.map === undefined ? await suggested(workbench, source, options.table) : mapped(options.map, options.table),
  )
}

function mapped(map: string[], tableName: string | undefined): CsvImport {
  if (tableName === undefined) throw inputInvalid('Which table? Add --table.')
  const columns = map.map((pair) => {
    const equals = pair.lastIndexOf('=')
    if (equals < 1 || equals === pair.length - 1) throw inputInvalid(`"${pair}" is no mapping: write Heading=column.`)
    return { from: pair.slice(0, equals), to: pair.slice(equals + 1) }
  })
  return { table: tableName, columns }
}

/** Returns the mapping that the heading suggests; for a named table, the headings that are its columns. */
async function suggested(workbench: Workbench, source: string, tableName: string | undefined): Promise<CsvImport> {
  const { suggestion, columns: headings } = await workbench.inspectCsv(source)
  if (suggestion !== null && (tableName === undefined || suggestion.table === tableName)) return suggestion
  if (tableName === undefined)
    throw inputInvalid('The headings do not say which table this is. Add --table, and --map for columns of another name.')
  const definitions = workbench.table(tableName).columns
  const columns = headings.flatMap((from) => {
    const named = from.trim().toLowerCase()
    const column =
      definitions.find(({ logicalName }) => logicalName === named) ??
      definitions.find(({ displayName }) => displayName?.toLowerCase() === named)
    return column === undefined ? [] : [{ from, to: column.logicalName }]
  })
  if (columns.length === 0)
    throw inputInvalid(
      `No heading is a column of ${tableName}. Say which is which with --map "Heading=column". Headings: ${headings.join(', ')}.`,
    )
  return { table: tableName, columns }
}

/** Returns a report as `--json` prints it: with its texts in English. */
export const reportFacts = (report: ImportReport) => ({
  ...report,
  changes: report.changes.map((change) => ({ ...change, detail: inEnglish(change.detail) })),
  stubs: report.stubs.map((stub) => ({ ...stub, reason: inEnglish(stub.reason) })),
  lines: report.lines.map(({ text, ...line }) => ({ ...line, text: inEnglish(text) })),
})

function reportText(report: ImportReport): string {
  const parts = [
    facts([
      ['sources', report.sources.length],
      ['changes of the model', report.changes.length],
      ['rows added', report.recordsInserted],
      ['rows updated', report.recordsUpdated],
      ['tables without definition', report.stubs.length],
      ['tables now in the model', report.total.tables],
      ['relationships now in the model', report.total.relationships],
      ['parental relationships imported', report.parental.length],
      ['relationships that restrict a delete', report.restrict.length],
      ['workflows, flows and steps that never run here', new Set(report.processes.map(({ id }) => id)).size],
      ['roles', report.roles.length],
      ['standard tables added', report.standard.tables],
      ['standard relationships added', report.standard.relationships],
    ]),
  ]
  if (report.roles.length > 0)
    parts.push(
      table(
        ['role', 'from', 'tables', 'not in the model', 'other privileges'],
        report.roles.map((role) => [role.name, role.solution, role.tables, role.unknownTables, role.others]),
      ),
    )
  if (report.sources.length > 0)
    parts.push(
      table(
        ['source', 'format', 'tables', '1:N', 'N:N', 'rows'],
        report.sources.map((each) => [each.name, each.format, each.tables, each.oneToMany, each.manyToMany, each.records]),
      ),
    )
  if (report.sources.some(({ oneToMany }) => oneToMany > 0)) parts.push(cascadesText(report))
  for (const [title, relationships] of [
    ['Parental relationships', report.parental],
    ['Relationships that restrict a delete', report.restrict],
  ] as const)
    if (relationships.length > 0) parts.push(namesText(title, relationships))
  const [idle, other] = [
    report.lines.filter(({ kind }) => kind === 'assumedIdle'),
    report.lines.filter(({ kind }) => kind !== 'assumedIdle'),
  ]
  if (other.length > 0) parts.push(linesText(other))
  if (idle.length > 0) parts.push(`Assumptions that change no result:\n${linesText(idle)}`)
  return parts.join('\n\n')
}

const linesText = (lines: ImportReport['lines']): string =>
  lines.map(({ text, count }) => `${grouped(count).padStart(7)}  ${inEnglish(text)}`).join('\n')

const ACTIONS = ['Assign', 'Delete', 'Merge', 'Reparent', 'Share', 'Unshare'] as const
const VALUES = [...CASCADE_TYPES, 'absent'] as const

/** Counts the cascades that the sources state, by action and value. */
function cascadesText({ sources }: ImportReport): string {
  const countOf = (action: (typeof ACTIONS)[number], value: (typeof VALUES)[number]) =>
    sources.reduce((sum, { cascades }) => sum + (cascades[action][value] ?? 0), 0)
  const used = VALUES.filter((value) => ACTIONS.some((action) => countOf(action, value) > 0))
  return table(
    ['cascade', ...used],
    ACTIONS.map((action) => [action, ...used.map((value) => countOf(action, value))]),
  )
}

const SHOWN_NAMES = 20

function namesText(title: string, relationships: readonly ReportedRelationship[]): string {
  const shown = relationships
    .slice(0, SHOWN_NAMES)
    .map(({ schemaName, referenced, referencing, attribute }) => `  ${schemaName}: ${referenced} → ${referencing}.${attribute}`)
  const rest = relationships.length - shown.length
  return [`${title}:`, ...shown, ...(rest > 0 ? [`  and ${grouped(rest)} more: --report names them`] : [])].join('\n')
}
