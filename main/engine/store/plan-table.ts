import type { RowNumber } from '../contract/loader.ts'
import type { CascadeType } from '../contract/tables.ts'
import type { CompiledTable, Edge } from '../model/compiled-model.ts'
import type { Selection } from './changes.ts'
import { ROW } from './columns.ts'
import type { Connection, Statement } from './connection.ts'
import { quoted } from './connection.ts'
import { disposeOnError } from './dispose-on-error.ts'

/** A run of rows in a plan, numbered without gaps. */
export interface PlanRange {
  first: number
  last: number
}

/** Row numbers that follow each other without a gap. */
export interface RowRun {
  first: RowNumber
  last: RowNumber
}

/** Runs shorter than this on average are handled row by row. */
const ROWS_A_RUN = 8

export interface PlannedRow {
  seq: number
  row: RowNumber
  parent: RowNumber | null
  owner: RowNumber | null
}

/**
 * The rows of one plan, in a temporary table of this connection, which needs neither a lock on the environment nor JavaScript memory.
 * The rows of a group are consecutive, so a group is a range of numbers and is not stored with each row.
 *
 * Rows whose children are looked for next are copied into a second table, because SQLite copies the whole result of a statement that
 * writes into the table it reads (measured: twice the time).
 *
 * Both tables and their number belong to this object until it is disposed of.
 */
export class PlanTable implements Disposable {
  readonly name: string
  readonly #connection: Connection
  readonly #number: number
  readonly #sources: string
  readonly #once: string
  readonly #statements = new Map<string, Statement<number[]>>()
  /** Tables by whether they have rows of others than an owner, see hasRowsOfOthers. */
  readonly #ofOthers = new Map<string, boolean>()
  #last = 0
  #isDisposed = false

  /** With `distinct`, adding a row a second time has no effect. */
  constructor(connection: Connection, distinct: boolean) {
    const number = connection.planNumbers.take()
    this.#connection = connection
    this.#number = number
    this.name = `temp._plan_${number}`
    this.#sources = `temp._plan_${number}_source`
    this.#once = distinct ? 'OR IGNORE' : ''
    const columns = '(seq INTEGER PRIMARY KEY, row INTEGER NOT NULL, parent INTEGER, owner INTEGER)'
    disposeOnError(this, () => {
      connection.db.exec(`CREATE TABLE ${this.name} ${columns}; CREATE TABLE ${this.#sources} ${columns}`)
      if (distinct) connection.db.exec(`CREATE UNIQUE INDEX temp._plan_${number}_by_row ON _plan_${number} (row)`)
    })
  }

  get size(): number {
    return this.#last
  }

  get isDisposed(): boolean {
    return this.#isDisposed
  }

  addRoot(row: RowNumber, owner: RowNumber | null): PlanRange {
    this.#prepared<(number | null)[]>(`INSERT INTO ${this.name} (row, owner) VALUES (?, ?)`).run(row, owner)
    return this.#added(1)
  }

  /** Adds the rows of a table that a condition selects, in the order of creation. Returns their range. */
  addMatching(
    { definition, hasOwner }: CompiledTable,
    { sql, parameters }: { sql: string; parameters: (string | number | null)[] },
  ): PlanRange {
    const from = `SELECT ${ROW}, ${hasOwner ? 'ownerid' : 'NULL'} FROM ${quoted(definition.logicalName)}${sql === '' ? '' : ` WHERE ${sql}`}`
    const insert = this.#prepared<(string | number | null)[]>(`INSERT INTO ${this.name} (row, owner) ${from} ORDER BY ${ROW}`)
    return this.#added(insert.run(...parameters).changes)
  }

  /** Adds the rows of a table that somebody owns, in the order of creation. Returns their range. */
  addOwned(table: CompiledTable, owner: RowNumber): PlanRange {
    return this.addMatching(table, { sql: 'ownerid = ?', parameters: [owner] })
  }

  /**
   * Removes the rows that somebody owns and closes the gaps. Returns where the rows of each of these ranges are now. Nothing more can be
   * added along an edge afterwards.
   */
  withoutOwner(owner: RowNumber, ranges: readonly PlanRange[]): PlanRange[] {
    const owned = this.#prepared<number[], { count: number }>(`SELECT count(*) AS count FROM ${this.name} WHERE owner = ?`).get(
      owner,
    )?.count
    if (!owned) return [...ranges]
    const left = `SELECT count(*) AS count FROM ${this.name} WHERE seq BETWEEN ? AND ? AND owner IS NOT ?`
    const counts = ranges.map(({ first, last }) => this.#prepared<number[], { count: number }>(left).get(first, last, owner)?.count ?? 0)
    this.#prepared(`DELETE FROM ${this.#sources}`).run()
    this.#prepared(
      `INSERT INTO ${this.#sources} (row, parent, owner) SELECT row, parent, owner FROM ${this.name} WHERE owner IS NOT ? ORDER BY seq`,
    ).run(owner)
    this.#prepared(`DELETE FROM ${this.name}`).run()
    this.#prepared(`INSERT INTO ${this.name} SELECT * FROM ${this.#sources} ORDER BY seq`).run()
    this.#last = 0
    return counts.map((count) => this.#added(count))
  }

  /** Adds these rows to the sources, whose children can then be added. */
  addSources({ first, last }: PlanRange): void {
    this.#prepared(`INSERT INTO ${this.#sources} SELECT * FROM ${this.name} WHERE seq BETWEEN ? AND ?`).run(first, last)
  }

  /** Adds the children of a range of sources along one edge, filtered by its behaviour; one row, and the rows of one owner, may be excluded. Returns their range. */
  addChildren(edge: Edge, from: PlanRange, except: RowNumber | null = null, exceptOwner: RowNumber | null = null): PlanRange {
    const owner = edge.child.hasOwner ? 'c.ownerid' : 'NULL'
    const others = `${except === null ? '' : ` AND c.${ROW} <> ${except}`}${exceptOwner === null ? '' : ` AND c.ownerid IS NOT ${exceptOwner}`}`
    const result = this.#prepared(`
      INSERT ${this.#once} INTO ${this.name} (row, parent, owner)
      SELECT c.${ROW}, p.row, ${owner} FROM ${this.#sources} p CROSS JOIN ${quoted(edge.child.definition.logicalName)} c ON c.${quoted(edge.attribute)} = p.row
      WHERE p.seq BETWEEN ? AND ?${filterOf(edge.behavior, edge.child)}${others}`).run(from.first, from.last)
    return this.#added(result.changes)
  }

  /** Returns whether a table has rows that belong to others than this owner. */
  hasRowsOfOthers({ definition }: CompiledTable, owner: RowNumber): boolean {
    const known = this.#ofOthers.get(definition.logicalName)
    if (known !== undefined) return known
    const sql = `SELECT 1 FROM ${quoted(definition.logicalName)} WHERE ownerid IS NOT ? LIMIT 1`
    const found = this.#prepared(sql).get(owner) !== undefined
    this.#ofOthers.set(definition.logicalName, found)
    return found
  }

  /** Counts the children along an edge that restricts the delete of their parents. A row does not block itself. */
  countRestricting(edge: Edge, from: PlanRange, ignored: PlanRange | null): number {
    return (
      this.#prepared<number[], { count: number }>(`SELECT count(*) AS count ${this.#restricting(edge, ignored)}`).get(from.first, from.last)
        ?.count ?? 0
    )
  }

  findRestricting(edge: Edge, from: PlanRange, ignored: PlanRange | null, limit: number): { row: RowNumber; parent: RowNumber }[] {
    const sql = `SELECT c.${ROW} AS row, p.row AS parent ${this.#restricting(edge, ignored)} LIMIT ${limit}`
    return this.#prepared<number[], { row: RowNumber; parent: RowNumber }>(sql).all(from.first, from.last)
  }

  #restricting(edge: Edge, ignored: PlanRange | null): string {
    const others = ignored
      ? ` AND c.${ROW} NOT IN (SELECT row FROM ${this.name} WHERE seq BETWEEN ${ignored.first} AND ${ignored.last})`
      : ''
    return `FROM ${this.name} p CROSS JOIN ${quoted(edge.child.definition.logicalName)} c ON c.${quoted(edge.attribute)} = p.row
      WHERE p.seq BETWEEN ? AND ? AND c.${ROW} <> p.row${others}${isTeam(edge.child) ? WITHOUT_DEFAULT_TEAMS : ''}`
  }

  /** Counts the links of an N:N relationship with one of these rows on either side, each once. */
  countLinks(linkTable: string, { first, last }: PlanRange): number {
    const these = `(SELECT row FROM ${this.name} WHERE seq BETWEEN ${first} AND ${last})`
    const sql = `SELECT count(*) AS count FROM ${quoted(linkTable)} WHERE first IN ${these} OR second IN ${these}`
    return this.#prepared<[], { count: number }>(sql).get()?.count ?? 0
  }

  rows({ first, last }: PlanRange, limit: number): PlannedRow[] {
    const sql = `SELECT seq, row, parent, owner FROM ${this.name} WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?`
    return this.#prepared<number[], PlannedRow>(sql).all(first, last, limit)
  }

  /** Returns whether two plans hold the same rows with the same parents and owners, in the same order. */
  equals(other: PlanTable): boolean {
    if (this.size !== other.size) return false
    const differs = `SELECT 1 FROM ${this.name} a JOIN ${other.name} b USING (seq) WHERE a.row <> b.row OR a.parent IS NOT b.parent OR a.owner IS NOT b.owner LIMIT 1`
    return this.#prepared<[]>(differs).get() === undefined
  }

  /** Returns whether the rows of this range are in the order of creation. */
  isInOrder({ first, last }: PlanRange): boolean {
    const falls = `SELECT 1 FROM ${this.name} a CROSS JOIN ${this.name} b ON b.seq = a.seq + 1 WHERE a.seq >= ? AND a.seq < ? AND b.row < a.row LIMIT 1`
    return this.#prepared(falls).get(first, last) === undefined
  }

  /** Returns the least and the greatest row number of a range. */
  bounds({ first, last }: PlanRange): RowRun {
    const found = this.#prepared<number[], RowRun>(
      `SELECT min(row) AS first, max(row) AS last FROM ${this.name} WHERE seq BETWEEN ? AND ?`,
    ).get(first, last)
    return found ?? { first: 0, last: 0 }
  }

  /**
   * Returns the rows of a range as runs of consecutive numbers, in the order of the range, or `undefined` if there are too many runs to
   * be useful. Rows that were created together have consecutive numbers, so large cascades mostly consist of few runs.
   */
  runs({ first, last }: PlanRange): RowRun[] | undefined {
    const most = Math.floor((last - first + 1) / ROWS_A_RUN)
    const breaks = `SELECT a.row AS last, b.row AS first FROM ${this.name} a CROSS JOIN ${this.name} b ON b.seq = a.seq + 1 WHERE a.seq >= ? AND a.seq < ? AND b.row <> a.row + 1 ORDER BY a.seq LIMIT ?`
    const found = this.#prepared<number[], RowRun>(breaks).all(first, last, most + 1)
    if (found.length > most) return undefined
    const starts = [this.#rowAt(first), ...found.map((gap) => gap.first)]
    const ends = [...found.map((gap) => gap.last), this.#rowAt(last)]
    return starts.map((start, index) => ({ first: start, last: ends[index] ?? start }))
  }

  #rowAt(seq: number): RowNumber {
    return this.#prepared<number[], { row: number }>(`SELECT row FROM ${this.name} WHERE seq = ?`).get(seq)?.row ?? 0
  }

  #prepared<P extends unknown[] = number[], R = unknown>(sql: string): Statement<P, R> {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#connection.db.prepare(sql) as unknown as Statement<number[]>
      this.#statements.set(sql, statement)
    }
    return statement as unknown as Statement<P, R>
  }

  /** Returns the first created of these rows that is in the plan. */
  findRow(rows: RowNumber[]): RowNumber | undefined {
    return this.#prepared<[string], { row: number }>(
      `SELECT row FROM ${this.name} WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row LIMIT 1`,
    ).get(JSON.stringify(rows))?.row
  }

  /** Returns those of these rows that are in a range of the plan. */
  among(rows: RowNumber[], { first, last }: PlanRange): Set<RowNumber> {
    const found = this.#prepared<[string, number, number], { row: number }>(
      `SELECT row FROM ${this.name} WHERE row IN (SELECT value FROM json_each(?)) AND seq BETWEEN ? AND ?`,
    ).all(JSON.stringify(rows), first, last)
    return new Set(found.map(({ row }) => row))
  }

  has({ first, last }: PlanRange, row: RowNumber): boolean {
    return this.#prepared(`SELECT 1 FROM ${this.name} WHERE seq BETWEEN ? AND ? AND row = ?`).get(first, last, row) !== undefined
  }

  /** Returns a row that both plans contain. */
  findShared(other: PlanTable): RowNumber | undefined {
    return this.#prepared<[], { row: number }>(`SELECT row FROM ${this.name} WHERE row IN (SELECT row FROM ${other.name}) LIMIT 1`).get()
      ?.row
  }

  /** From now on, what deleted rows of this plan were called is kept. */
  beginWaiting(): void {
    this.#connection.waitingPlans.add(this.name)
  }

  endWaiting(): void {
    this.#connection.waitingPlans.delete(this.name)
  }

  /** Returns a row by which two plans differ: of one of them only, or with another parent or owner. */
  findDifferent(other: PlanTable): RowNumber | undefined {
    const onlyIn = (a: PlanTable, b: PlanTable) =>
      this.#prepared<[], { row: number }>(
        `SELECT row FROM (SELECT row, parent, owner FROM ${a.name} EXCEPT SELECT row, parent, owner FROM ${b.name}) ORDER BY row LIMIT 1`,
      ).get()?.row
    return onlyIn(this, other) ?? onlyIn(other, this)
  }

  /** Removes these rows; ranges have gaps afterwards. */
  exclude(rows: Iterable<RowNumber>): void {
    const remove = this.#prepared(`DELETE FROM ${this.name} WHERE row = ?`)
    for (const row of rows) remove.run(row)
  }

  allRows(): RowNumber[] {
    return this.#prepared<[], { row: number }>(`SELECT row FROM ${this.name}`)
      .all()
      .map(({ row }) => row)
  }

  /** Returns a selection of the rows of a range, for the statements that change them. */
  selection({ first, last }: PlanRange): Selection {
    return { in: (column) => `${column} IN (SELECT row FROM ${this.name} WHERE seq BETWEEN ? AND ?)`, parameters: [first, last] }
  }

  /** Drops both tables and gives the number back. Disposing a second time does nothing. */
  [Symbol.dispose](): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    this.endWaiting()
    this.#statements.clear()
    this.#connection.db.exec(`DROP TABLE IF EXISTS ${this.name}; DROP TABLE IF EXISTS ${this.#sources}`)
    this.#connection.planNumbers.giveBack(this.#number)
  }

  #added(count: number): PlanRange {
    const range = { first: this.#last + 1, last: this.#last + count }
    this.#last = range.last
    return range
  }
}

/** A default team goes with its business unit and does not keep it. */
const WITHOUT_DEFAULT_TEAMS = ` AND c.${ROW} NOT IN (SELECT row FROM _team WHERE kind = 'Default')`

const isTeam = ({ definition }: CompiledTable): boolean => definition.logicalName === 'team'

/** Returns the condition for the children that a behaviour selects. Source: dataverse reference, sections 1.2, 6.1 and 6.2. */
function filterOf(behavior: CascadeType, child: CompiledTable): string {
  if (behavior === 'Active') return ` AND c.statecode = ${child.definition.activeState}`
  if (behavior === 'UserOwned') return child.hasOwner ? ' AND c.ownerid = p.owner' : ' AND 0'
  return ''
}
