import { type FieldValue, isDamaged, type RecordFilter, type RecordInput } from '#engine/contract/records'
import { isGuid } from './format/names-in-text.ts'

/** A record that a value points to: the id is an alias, a GUID, or the name of a user, team or unit. */
export interface RecordKey {
  table: string
  id: string
}

/** A value of a file, read by its column's type. */
export type Cell = string | number | boolean | null | number[] | RecordKey
export type Cells = Record<string, Cell>

export const isRecordKey = (cell: Cell): cell is RecordKey => typeof cell === 'object' && cell !== null && !Array.isArray(cell)

export const keyText = ({ table, id }: RecordKey): string => `${table}/${id}`

/** Returns whether rows of a table are users, teams or units, which are named by their names and which no cascade changes. */
export const isPersonal = (table: string): boolean => table === 'systemuser' || table === 'team' || table === 'businessunit'

/** Formats a cell as the file writes it. */
export const cellText = (cell: Cell): Cell => (isRecordKey(cell) ? (isPersonal(cell.table) ? cell.id : keyText(cell)) : cell)

export const sameCell = (first: Cell, second: Cell): boolean =>
  first === second || (typeof first === 'object' && JSON.stringify(first) === JSON.stringify(second))

/** An id in a text, with the table that stands before it. */
const NAMED_ID = /(?:\b([a-z][a-z0-9_]*) )?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/gi

/** Maps the aliases of a run to records and back. */
export class Aliases {
  /** Table → alias → GUID. */
  readonly #ids = new Map<string, Map<string, string>>()
  /** Table → GUID → alias, built on first use: most runs have many rows and report few of them. */
  readonly #names = new Map<string, Map<string, string>>()
  /** `contact/C1` → the id that stands for it while the row does not exist. */
  readonly #unmadeIds = new Map<string, string>()

  add({ table, id }: RecordKey, guid: string): void {
    const known = this.#ids.get(table)
    if (known) known.set(id, guid)
    else this.#ids.set(table, new Map([[id, guid]]))
    this.#names.delete(table)
  }

  has({ table, id }: RecordKey): boolean {
    return this.#ids.get(table)?.has(id) ?? false
  }

  /** Returns the id of a record. A key without an alias is the id itself: a literal GUID, or the name of a user, team or unit. */
  idOf(key: RecordKey): string {
    const known = this.#ids.get(key.table)?.get(key.id)
    if (known !== undefined) return known
    return isGuid(key.id) || isPersonal(key.table) ? key.id : this.#unmade(keyText(key))
  }

  /** Returns an unused id for an alias whose row does not exist because its create was refused. */
  #unmade(name: string): string {
    const known = this.#unmadeIds.get(name)
    if (known !== undefined) return known
    const id = `00000000-0000-0000-0000-${(this.#unmadeIds.size + 1).toString(16).padStart(12, '0')}`
    this.#unmadeIds.set(name, id)
    return id
  }

  refOf(key: RecordKey): RecordKey {
    return { table: key.table, id: this.idOf(key) }
  }

  /** Returns `contact/C1` for a record with an alias, the GUID for any other. */
  textOf(ref: RecordKey): string {
    return `${ref.table}/${this.#namesOf(ref.table).get(ref.id) ?? ref.id}`
  }

  /** Returns whether a record has an alias. */
  knows({ table, id }: RecordKey): boolean {
    return this.#namesOf(table).has(id)
  }

  #namesOf(table: string): Map<string, string> {
    const known = this.#names.get(table)
    if (known) return known
    const names = new Map([...(this.#ids.get(table) ?? [])].map(([alias, guid]) => [guid, alias]))
    this.#names.set(table, names)
    return names
  }

  /** Replaces the ids of records by what the file calls them: `contact C1` and the id of a contact alone both become `contact/C1`. */
  inText(text: string): string {
    return text.replace(NAMED_ID, (whole, table: string | undefined, id: string) => {
      const key = this.#keyOf(id.toLowerCase(), table)
      if (key === undefined) return whole
      const said = isPersonal(key.table) ? key.id : keyText(key)
      return table === undefined || table === key.table ? said : `${whole.slice(0, -id.length)}${said}`
    })
  }

  /** Finds the record that an id belongs to, first among those of one table. */
  #keyOf(id: string, first: string | undefined): RecordKey | undefined {
    const tables = [...this.#ids.keys()].sort((a, b) => Number(b === first) - Number(a === first))
    for (const table of tables) {
      const alias = this.#namesOf(table).get(id)
      if (alias !== undefined) return { table, id: alias }
    }
    return undefined
  }

  inputOf(cells: Cells): RecordInput {
    return Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, isRecordKey(cell) ? this.refOf(cell) : cell]))
  }

  /** Formats a stored value as the file would write it. */
  written(value: FieldValue | undefined): string | number | boolean | null {
    if (value === undefined || value === null) return null
    if (Array.isArray(value)) return JSON.stringify(value)
    if (typeof value !== 'object') return value
    if (isDamaged(value)) return value.damaged
    return isPersonal(value.table) ? (value.name ?? value.id) : this.textOf(value)
  }
}

/** Returns the filters that records with these values match; null stands for empty. */
export const toFilters = (where: Cells, aliases: Aliases): RecordFilter[] =>
  Object.entries(where).map(([column, cell]) => {
    if (cell === null) return { column, operator: 'isNull' }
    return { column, operator: 'equals', value: isRecordKey(cell) ? aliases.refOf(cell) : cell }
  })
