import type { ColumnDefinition, ModelDefinition, TableDefinition } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import { isLookupColumn } from '../model/column.ts'
import { fixedTargets } from '../model/fixed-targets.ts'
import type { Findings } from '../report/findings.ts'
import type { PlainValue } from '../values.ts'
import { guidOf, parseValue } from '../values.ts'
import type { CmtParty, CmtRecord, CmtTableData, CmtValue } from './package-types.ts'
import type { PreparedLink } from './prepare-links.ts'
import { prepareLinks } from './prepare-links.ts'

/** Checked data, ready to be written: no value in it can be refused any more. */
export interface PreparedData {
  rows: PreparedRow[]
  links: PreparedLink[]
  /** `table guid` → the name that lookups gave it. */
  names: Map<string, string>
}

export interface PreparedRow {
  table: string
  guid: string
  values: Record<string, PlainValue>
  lookups: PreparedLookup[]
}

export interface PreparedLookup {
  column: string
  /** Several where the source does not say which; the one that has the row is right. */
  tables: string[]
  guid: string
}

/** Reads every value by the type of its column in the model as it will be. Bad values are reported and left out. */
export function prepareData(data: CmtTableData[], model: ModelDefinition, findings: Findings): PreparedData {
  const preparation = new Preparation(model, findings)
  for (const table of data) preparation.addTable(table)
  return { rows: [...preparation.rows.values()], links: prepareLinks(data, model.manyToMany, findings), names: preparation.names }
}

/** Derived from the owner and therefore not imported. */
const DERIVED = new Set(['owninguser', 'owningteam'])
const EMPTY_GUID = '00000000-0000-0000-0000-000000000000'

class Preparation {
  readonly rows = new Map<string, PreparedRow>()
  readonly names = new Map<string, string>()
  readonly #tables: Map<string, TableDefinition>
  readonly #targets: Map<string, string[]>
  readonly #findings: Findings

  constructor(model: ModelDefinition, findings: Findings) {
    this.#findings = findings
    this.#tables = new Map(model.tables.map((table) => [table.logicalName, table]))
    const byColumn = Map.groupBy(model.relationships, ({ referencing, attribute }) => `${referencing}.${attribute}`)
    this.#targets = new Map([...byColumn].map(([column, group]) => [column, group.map(({ referenced }) => referenced)]))
  }

  addTable({ name, records }: CmtTableData): void {
    const table = this.#tables.get(name)
    if (!table) {
      this.#findings.add('skipped', findingText.recordsOfRefusedTable, name, records.length)
      return
    }
    const columns = new Map(table.columns.map((column) => [column.logicalName, column]))
    for (const record of records) this.#addRecord(table, columns, record)
  }

  #addRecord(table: TableDefinition, columns: Map<string, ColumnDefinition>, record: CmtRecord): void {
    const guid = guidOf(record.id)
    if (!guid) {
      this.#findings.add('unparsedValue', findingText.recordIdInvalid, `${table.logicalName}: "${record.id}"`)
      return
    }
    const key = `${table.logicalName} ${guid}`
    if (this.rows.has(key)) this.#findings.add('duplicate', findingText.recordTwice, key)
    const row: PreparedRow = { table: table.logicalName, guid, values: {}, lookups: [] }
    for (const value of record.values) {
      const named = value.target && value.targetName ? guidOf(value.value) : undefined
      if (named && value.targetName) this.names.set(`${value.target} ${named}`, value.targetName)
      if (value.field !== table.primaryId) this.#addValue(row, columns.get(value.field), value)
    }
    this.rows.set(key, row)
  }

  #addValue(row: PreparedRow, column: ColumnDefinition | undefined, { field, value, target, parties }: CmtValue): void {
    const where = `${row.table} ${row.guid}, ${field}`
    if (!column) this.#findings.add('skipped', findingText.valueOfRefusedColumn, where)
    else if (DERIVED.has(field)) takeOwnerFrom(row, field, value)
    else if (parties) row.values[field] = partyList(parties)
    else if (isLookupColumn(column.type)) this.#addLookup(row, field, value, target, where)
    else {
      const parsed = parseValue(column, value)
      if ('value' in parsed) row.values[field] = parsed.value
      else this.#findings.add('unparsedValue', findingText.valueLeftOut(parsed), `${where}: "${value.slice(0, 80)}"`)
    }
  }

  #addLookup(row: PreparedRow, column: string, value: string, target: string | undefined, where: string): void {
    if (value === '' || value === EMPTY_GUID) {
      if (column !== 'ownerid') row.values[column] = null
      return
    }
    const guid = guidOf(value)
    const tables = this.#tablesOf(row.table, column, target)
    if (!guid) this.#findings.add('unparsedValue', findingText.lookupNoGuid, `${where}: "${value.slice(0, 80)}"`)
    else if (tables.length === 0) this.#findings.add('unparsedValue', findingText.lookupNoTable, where)
    else row.lookups = [...row.lookups.filter((lookup) => lookup.column !== column), { column, tables, guid }]
  }

  /** Returns the table that the value names if the column allows it, else all tables that the column allows. */
  #tablesOf(table: string, column: string, target: string | undefined): string[] {
    const taken = fixedTargets(column) ?? this.#targets.get(`${table}.${column}`) ?? []
    // `owner` stands for users and teams together.
    const wanted = target === undefined || (target === 'owner' && column === 'ownerid') ? taken : taken.filter((each) => each === target)
    return wanted.filter((each) => this.#tables.has(each))
  }
}

/** Takes the owning user or team as the owner of a row that has none. */
function takeOwnerFrom(row: PreparedRow, field: string, value: string): void {
  const guid = guidOf(value)
  if (!guid || row.lookups.some(({ column }) => column === 'ownerid')) return
  row.lookups.push({ column: 'ownerid', tables: [field === 'owninguser' ? 'systemuser' : 'team'], guid })
}

const partyList = (parties: CmtParty[]): string =>
  JSON.stringify(parties.map(({ table, id, name, participation }) => ({ table, id, name, participationtypemask: participation })))
