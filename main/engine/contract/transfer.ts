import type { Message } from '#text/message'
import type { FieldInput, RecordInput } from './records.ts'
import type { CascadeAction, CascadeType, ModelChange } from './tables.ts'

/** Options and results of imports and of the generator: plain data. */

export const SOURCE_FORMATS = [
  'solution-zip',
  'solution-folder',
  'solution-packager',
  'solution-yaml',
  'customizations-xml',
  'web-api-metadata',
  'xrmmockup-metadata',
  'sdk-metadata',
  'cmt-zip',
  'cmt-folder',
  'package-deployer',
] as const
export type SourceFormat = (typeof SOURCE_FORMATS)[number]

export interface SourceInspection {
  /** Its path; inside an archive with `!` between archive and member. */
  path: string
  format: SourceFormat
  name: string
  version: string | null
  managed: 'unmanaged' | 'managed' | 'both' | null
}

export interface ImportOptions {
  /** Adds the platform's own relationships among the standard tables that the model names. @default false */
  standardRelationships?: boolean
  /** Only these of the found sources, by their inspected paths. @default all */
  only?: string[]
}

/** A line of a report with its count and the first examples. */
export interface ReportLine {
  kind:
    | 'stub'
    | 'assumed'
    | 'unknownWord'
    | 'columnNotListed'
    | 'lookupWithoutRelationship'
    | 'duplicate'
    | 'conflict'
    | 'designRule'
    | 'unparsedValue'
    | 'stubRecord'
    | 'danglingLink'
    | 'schemaOnly'
    | 'skipped'
    | 'note'
  text: Message
  count: number
  examples: string[]
}

export interface SourceReport {
  path: string
  format: SourceFormat
  name: string
  version: string | null
  tables: number
  tablesWithColumns: number
  tablesWithPrimaryKey: number
  activities: number
  columns: number
  oneToMany: number
  manyToMany: number
  hierarchical: number
  selfReferencing: number
  polymorphicColumns: number
  /** `CascadeDelete: { NoCascade: 120, RemoveLink: 32 }`; `absent` counts what the source did not state. */
  cascades: Record<CascadeAction, Partial<Record<CascadeType | 'absent', number>>>
  externalTables: string[]
  records: number
  recordsByTable: Record<string, number>
  links: number
  linksToStubs: Record<string, number>
  manyToManyLinks: number
}

export interface ImportReport {
  sources: SourceReport[]
  changes: ModelChange[]
  stubs: { table: string; reason: Message; relationships: number }[]
  lines: ReportLine[]
  recordsInserted: number
  recordsUpdated: number
  durationMs: number
}

export interface CsvInspection {
  columns: string[]
  sample: string[][]
  delimiter: string
  rows: number
  /** What the header suggests, for the table it suggests. */
  suggestion: CsvImport | null
}

export interface CsvColumnMapping {
  /** Heading in the file. */
  from: string
  /** Logical name of the column, or the table's primary id column for the GUID. */
  to: string
}

export interface CsvImport {
  table: string
  columns: CsvColumnMapping[]
}

/** Many rows by rule; see the scenario format, `generate`. */
export interface GenerateRule {
  table: string
  /** Number of rows; with `per`, the number for each parent. */
  count?: number
  /** A row for each row of this table, linked by `attribute`. */
  per?: string
  attribute?: string
  /** Only under parents that match. */
  where?: RecordInput
  /** This many rows, each the parent of the next through `attribute`. */
  chain?: number
  set?: Record<string, FieldInput>
  /** Names of owners, who get the rows in rotation. */
  owners?: string[]
  /** Share of rows for each state code; the shares add up to 1. */
  states?: Record<number, number>
}

export interface GenerateReport {
  inserted: Record<string, number>
  total: number
  durationMs: number
}
