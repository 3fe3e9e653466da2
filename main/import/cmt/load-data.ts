import type { LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'
import { findingText } from '#text/english/findings'
import type { Findings } from '../report/findings.ts'
import type { PreparedData, PreparedLookup, PreparedRow } from './prepare-data.ts'

export interface LoadCounts {
  inserted: number
  updated: number
}

const PROGRESS_EVERY = 1_000

/** Loaded first, so that every other row finds its owner and the owner's business unit. */
const PRINCIPALS = new Set(['businessunit', 'systemuser', 'team'])

/**
 * Writes checked data in two passes, rows and then links, because packages have no order and rows may point at each other. A link
 * to a row that is neither in the package nor in the store creates a stub row, with the name that the lookup gives. Does not commit.
 */
export function loadData(loader: RecordLoader, data: PreparedData, findings: Findings, advance: (done: number) => void): LoadCounts {
  const load = new DataLoad(loader, data.names, findings, advance)
  const isPrincipal = (row: PreparedRow) => PRINCIPALS.has(row.table)
  load.addRows(data.rows.filter(isPrincipal))
  load.addRows(data.rows.filter((row) => !isPrincipal(row)))
  for (const { intersectTable, first, second } of data.links)
    loader.link(intersectTable, load.end(first.table, first.guid), load.end(second.table, second.guid))
  return load.counts
}

class DataLoad {
  readonly counts: LoadCounts = { inserted: 0, updated: 0 }
  readonly #loader: RecordLoader
  readonly #names: Map<string, string>
  readonly #findings: Findings
  readonly #advance: (done: number) => void
  readonly #known = new Map<string, RowNumber>()
  #done = 0

  constructor(loader: RecordLoader, names: Map<string, string>, findings: Findings, advance: (done: number) => void) {
    this.#loader = loader
    this.#names = names
    this.#findings = findings
    this.#advance = advance
  }

  addRows(rows: PreparedRow[]): void {
    const numbers = rows.map((row) => this.#addRow(row))
    rows.forEach((row, index) => {
      const number = numbers[index]
      const lookups = row.lookups.filter(({ column }) => column !== 'ownerid')
      if (number !== undefined && lookups.length > 0) this.#loader.update(row.table, number, this.#resolved(row, lookups))
    })
  }

  #addRow(row: PreparedRow): RowNumber {
    if (this.#done++ % PROGRESS_EVERY === 0) this.#advance(this.#done)
    const { table, guid } = row
    const owner = row.lookups.filter(({ column }) => column === 'ownerid')
    const values: LoadValues = { ...row.values, ...this.#resolved(row, owner) }
    const known = this.#find(table, guid)
    if (known === undefined) {
      this.counts.inserted++
      const number = this.#loader.insert(table, guid, values)
      this.#known.set(`${table} ${guid}`, number)
      return number
    }
    if (this.#loader.isStub(known)) this.counts.inserted++
    else this.counts.updated++
    this.#loader.update(table, known, values)
    return known
  }

  #resolved(row: PreparedRow, lookups: PreparedLookup[]): LoadValues {
    const values: LoadValues = {}
    for (const { column, tables, guid } of lookups) {
      const [first, another] = tables
      const holder = tables.find((table) => this.#find(table, guid) !== undefined)
      if (holder) values[column] = { table: holder, row: this.end(holder, guid) }
      else if (first && (another === undefined || column === 'ownerid')) values[column] = { table: first, row: this.end(first, guid) }
      else if (first) {
        this.#findings.add('danglingLink', findingText.polymorphicDangling, `${row.table} ${row.guid}, ${column}`)
        values[column] = { table: first, row: this.#loader.danglingTarget(first, guid) }
      }
    }
    return values
  }

  /** Returns the row with this GUID, and creates a stub where there is none. */
  end(table: string, guid: string): RowNumber {
    const known = this.#find(table, guid)
    if (known !== undefined) return known
    const name = this.#names.get(`${table} ${guid}`) ?? null
    this.#findings.add('stubRecord', findingText.stubRows({ table }), name ?? guid)
    const stub = this.#loader.insertStub(table, guid, name, 'other rows point to it')
    this.#known.set(`${table} ${guid}`, stub)
    return stub
  }

  #find(table: string, guid: string): RowNumber | undefined {
    const key = `${table} ${guid}`
    const known = this.#known.get(key) ?? this.#loader.find(table, guid)
    if (known !== undefined) this.#known.set(key, known)
    return known
  }
}
