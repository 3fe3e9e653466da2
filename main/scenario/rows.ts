import type { CompiledTable } from '#engine/model/compiled-model'
import { ADMIN_NAME, ROOT_UNIT_NAME } from '#engine/model/system-model'
import { type Cell, type Cells, isPersonal, isRecordKey, keyText, type RecordKey, sameCell } from './cells.ts'
import { isGuid, type RecordName } from './format/names-in-text.ts'
import type { GenerateEntry, RecordsSection } from './format/records.ts'
import type { Names } from './names.ts'
import { invalid, type Position } from './scenario-error.ts'
import { type RecordCheck, readCells } from './values.ts'

/** Rows of one scenario, stated and generated: they are held in memory before the first is stored. */
const MOST_ROWS = 2_000_000

/** A row to store before the first step. */
export interface ScenarioRow {
  key: RecordKey
  cells: Cells
  at: Position
}

/** Returns the rows of a file in the order of their creation: `records` as written, then `generate` rule by rule. */
export function expandRows(records: RecordsSection, generate: GenerateEntry[], names: Names): ScenarioRow[] {
  const expansion = new Expansion(names)
  for (const { name, nameAt, value } of records) {
    const table = names.table({ value: name, at: nameAt })
    if (isPersonal(name)) throw invalid(`Rows of ${name} are not records of a scenario; people exist when they are named.`, nameAt)
    for (const row of value) expansion.add(table, row.id.value, readCells(row.values, table, names, expansion.later), row.id.at)
  }
  for (const rule of generate) expansion.generate(rule)
  expansion.checkMentioned()
  return expansion.rows
}

class Expansion {
  readonly rows: ScenarioRow[] = []
  readonly #names: Names
  readonly #byTable = new Map<string, ScenarioRow[]>()
  readonly #mentioned: RecordName[] = []

  constructor(names: Names) {
    this.#names = names
  }

  /** Postpones the check of a lookup, which may point to a row that comes later in the file. */
  readonly later: RecordCheck = (name) => {
    const table = this.#names.table({ value: name.table, at: name.at }).definition.logicalName
    if (isPersonal(table)) return this.#names.record(name)
    this.#mentioned.push(name)
    return { table, id: name.id }
  }

  checkMentioned(): void {
    for (const name of this.#mentioned)
      if (!isGuid(name.id) && !this.#names.isDefined(name))
        throw invalid(`The file does not define a record ${keyText(name)} for this lookup.`, name.at)
  }

  add(table: CompiledTable, id: string, cells: Cells, at: Position): void {
    if (this.rows.length >= MOST_ROWS) throw invalid(`A scenario has at most ${MOST_ROWS.toLocaleString('en-US')} rows.`, at)
    const key = { table: table.definition.logicalName, id }
    if (isRecordKey(cells.ownerid ?? null) && this.#names.isAccessTeam(cells.ownerid as RecordKey))
      throw invalid(`${(cells.ownerid as RecordKey).id} is an access team, which can own nothing.`, at)
    this.#names.define(key, at, 'defined')
    const row = { key, cells, at }
    this.rows.push(row)
    const siblings = this.#byTable.get(key.table)
    if (siblings) siblings.push(row)
    else this.#byTable.set(key.table, [row])
  }

  generate(rule: GenerateEntry): void {
    const table = this.#names.table(rule.table)
    if (isPersonal(rule.table.value)) throw invalid(`Rows of ${rule.table.value} cannot be generated.`, rule.table.at)
    const set = readCells(rule.set ?? [], table, this.#names, this.later)
    const { value: prefix, at } = rule.id
    let made = 0
    const add = (cells: Cells) => this.add(table, `${prefix}${++made}`, cells, at)
    if (rule.chain !== undefined) {
      const attribute = this.#linking(rule, table, table)
      add(set)
      while (made < rule.chain.value) add({ ...set, [attribute]: { table: table.definition.logicalName, id: `${prefix}${made}` } })
    } else if (rule.per !== undefined) {
      const parent = this.#names.table(rule.per)
      const attribute = this.#linking(rule, table, parent)
      const twice = rule.set?.find(({ name }) => name === attribute)
      if (twice !== undefined) throw invalid(`"set" and "per" both say what ${attribute} is.`, twice.nameAt)
      for (const { key } of this.#parents(rule, parent))
        for (let each = 0; each < (rule.count?.value ?? 1); each++) add({ ...set, [attribute]: key })
    } else {
      while (made < (rule.count?.value ?? 0)) add(set)
    }
  }

  /** Returns the lookup of the new rows that points to the parent table. */
  #linking({ attribute }: GenerateEntry, table: CompiledTable, parent: CompiledTable): string {
    if (attribute === undefined) return ''
    const column = this.#names.column(table, attribute).logicalName
    const { logicalName } = parent.definition
    if (!table.targets.get(column)?.includes(logicalName))
      throw invalid(`${table.definition.logicalName}.${column} is not a lookup to ${logicalName}.`, attribute.at)
    return column
  }

  /** Returns a copy of the matching parents, because new rows may belong to the same table. */
  #parents({ where }: GenerateEntry, parent: CompiledTable): ScenarioRow[] {
    const rows = this.#byTable.get(parent.definition.logicalName) ?? []
    const wanted = Object.entries(readCells(where?.value ?? [], parent, this.#names, this.later))
    return rows.filter((row) => wanted.every(([column, cell]) => sameCell(storedCell(row, column, parent), cell)))
  }
}

/** Returns the value that a row will have in a column, including defaults. */
function storedCell({ cells }: ScenarioRow, column: string, { definition, columns }: CompiledTable): Cell {
  const given = cells[column]
  if (given !== undefined) return given
  if (!columns.has(column)) return null
  if (column === 'statecode') return definition.activeState
  if (column === 'ownerid' || column === 'createdby' || column === 'modifiedby') return { table: 'systemuser', id: ADMIN_NAME }
  if (column === 'owningbusinessunit') return { table: 'businessunit', id: ROOT_UNIT_NAME }
  if (column === 'merged') return false
  return null
}
