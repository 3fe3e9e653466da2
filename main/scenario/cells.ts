import type { FieldValue, RecordInput } from '#engine/contract/records'
import { isGuid } from './format/names-in-text.ts'

/** A record that a value points to: the id is an alias, a GUID, or the name of a user, team or unit. */
export interface RecordKey {
  table: string
  id: string
}

/** What a file's value means, once its column is known. */
export type Cell = string | number | boolean | null | number[] | RecordKey
export type Cells = Record<string, Cell>

export const isRecordKey = (cell: Cell): cell is RecordKey => typeof cell === 'object' && cell !== null && !Array.isArray(cell)

export const keyText = ({ table, id }: RecordKey): string => `${table}/${id}`

/** Users, teams and units: rows that are known by their names, and that no cascade touches. */
export const isPersonal = (table: string): boolean => table === 'systemuser' || table === 'team' || table === 'businessunit'

/** As the file writes it in a value. */
export const cellText = (cell: Cell): Cell => (isRecordKey(cell) ? (isPersonal(cell.table) ? cell.id : keyText(cell)) : cell)

export const sameCell = (first: Cell, second: Cell): boolean =>
  first === second || (typeof first === 'object' && JSON.stringify(first) === JSON.stringify(second))

/** The aliases of a run and the records behind them, both ways. */
export class Aliases {
  /** Table → alias → GUID. */
  readonly #ids = new Map<string, Map<string, string>>()
  /** Table → GUID → alias, made when first asked for: most runs have many rows and name few of them in a report. */
  readonly #names = new Map<string, Map<string, string>>()
  /** `contact/C1` → the id that stands for it while there is no such row. */
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

  /** What is not an alias is taken for the id itself: a literal GUID, or the name of somebody. */
  idOf(key: RecordKey): string {
    const known = this.#ids.get(key.table)?.get(key.id)
    if (known !== undefined) return known
    return isGuid(key.id) || isPersonal(key.table) ? key.id : this.#unmade(keyText(key))
  }

  /** A record whose create was refused has an alias, and no row: the id that stands for it belongs to none. */
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

  /** `contact/C1` for a record with an alias, the GUID for any other. */
  textOf(ref: RecordKey): string {
    let names = this.#names.get(ref.table)
    if (names === undefined) {
      names = new Map([...(this.#ids.get(ref.table) ?? [])].map(([alias, guid]) => [guid, alias]))
      this.#names.set(ref.table, names)
    }
    return `${ref.table}/${names.get(ref.id) ?? ref.id}`
  }

  inputOf(cells: Cells): RecordInput {
    return Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, isRecordKey(cell) ? this.refOf(cell) : cell]))
  }

  /** A stored value as the file would write it. */
  written(value: FieldValue | undefined): string | number | boolean | null {
    if (value === undefined || value === null) return null
    if (Array.isArray(value)) return JSON.stringify(value)
    if (typeof value !== 'object') return value
    return isPersonal(value.table) ? (value.name ?? value.id) : this.textOf(value)
  }
}
