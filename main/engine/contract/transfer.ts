import type { Message } from '#text/message'
import type { ProcessDefinition } from './processes.ts'
import type { FieldInput, RecordInput } from './records.ts'
import type { CascadeAction, CascadeConfiguration, CascadeType, ModelChange } from './tables.ts'

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
  /** Brings the platform's own definitions of the tables that the model only names, and of the relationships among them. @default true */
  standard?: boolean
  /** Only these of the found sources, by their inspected paths. @default all */
  only?: string[]
}

/** A line of a report with its count and the first examples. */
export interface ReportLine {
  kind:
    | 'stub'
    | 'assumed'
    /** An assumption that changes no result here. */
    | 'assumedIdle'
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

/** A relationship as a report lists it. */
export interface ReportedRelationship {
  schemaName: string
  referenced: string
  referencing: string
  attribute: string
  cascade: CascadeConfiguration
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
  /** The relationships behind each of these counts, apart from NoCascade and what is not stated. */
  cascadeNames: Record<CascadeAction, Partial<Record<CascadeType, string[]>>>
  tableNames: string[]
  externalTables: string[]
  records: number
  recordsByTable: Record<string, number>
  links: number
  linksToStubs: Record<string, number>
  manyToManyLinks: number
}

/** An imported role, with the number of tables that it names, of those that the model does not know, and of privileges without a table. */
export interface ReportedRole {
  name: string
  solution: string
  tables: number
  unknownTables: number
  others: number
}

export interface ImportReport {
  sources: SourceReport[]
  /** What the platform's own definitions added to the model. */
  standard: { tables: number; relationships: number }
  /** The whole model afterwards, counted as everywhere else. */
  total: { tables: number; relationships: number; manyToMany: number }
  /** Relationships of these sources along which a delete or an ownership action goes down, and those that stand in the way of a delete. */
  parental: ReportedRelationship[]
  restrict: ReportedRelationship[]
  /** What else these solutions would run on the platform. */
  processes: ProcessDefinition[]
  /** Roles of these solutions, which users and teams can be given. */
  roles: ReportedRole[]
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
