import { storeText } from '#text/english/store'
import { columnUnknown, inputInvalid } from '../contract/errors.ts'
import type { LoadValues, RecordLoader, RowNumber } from '../contract/loader.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { defaultStatusOf } from '../model/table-defaults.ts'
import { isStored, ROW } from './columns.ts'
import type { Connection, Statement } from './connection.ts'
import { quoted } from './connection.ts'
import { guidToBytes } from './guid.ts'
import { addLink } from './links.ts'
import { completePrincipal, isPrincipalTable } from './new-principals.ts'
import { findOwner, findOwnerByRow } from './owners.ts'
import { RecentMap } from './recent-map.ts'
import { danglingRow, findRow } from './rows.ts'
import type { StoredRow, StoredValue } from './values.ts'
import { toStoredLoad } from './values.ts'

interface LoadContext {
  connection: Connection
  model: CompiledModel
  /** Row of the user who loads: the owner, creator and modifier of rows that state none. */
  caller: RowNumber
  nowMs: number
  newId: () => string
}

/** Sets of columns whose insert is kept: rows of one file may state any of their columns. */
const MOST_INSERTS = 500

/** Begins the transaction of a bulk load; see RecordLoader. */
export function openLoader({ connection, model, caller, nowMs, newId }: LoadContext): RecordLoader {
  connection.begin()
  const counter = connection.statement<[], { value: number }>(`SELECT value FROM _counter WHERE name = 'next_row'`).get()
  let nextRow = counter?.value ?? 1
  const take = (): RowNumber => nextRow++
  const units = new Map<RowNumber, RowNumber | null>()
  const inserts = new RecentMap<string, Statement<StoredValue[]>>(MOST_INSERTS)
  const stub = connection.statement<[number], { row: number }>('SELECT row FROM _record_stub WHERE row = ?')

  const unitOf = (owner: RowNumber): RowNumber | null => {
    let unit = units.get(owner)
    if (unit === undefined) {
      unit = findOwnerByRow(connection, owner)?.businessUnit ?? null
      units.set(owner, unit)
    }
    return unit
  }

  const store = (table: CompiledTable, values: LoadValues): StoredRow => {
    const stored: StoredRow = {}
    for (const [name, value] of Object.entries(values)) {
      const column = table.columns.get(name)
      if (!column) throw columnUnknown(table.definition.logicalName, name)
      if (isStored(column, table.definition)) Object.assign(stored, toStoredLoad(model, table, column, value))
    }
    return stored
  }

  const statuses = new Map<string, number>()
  const statusOf = (table: CompiledTable, statecode: number): number => {
    const key = `${table.number} ${statecode}`
    const known = statuses.get(key) ?? defaultStatusOf(table.definition, statecode)
    statuses.set(key, known)
    return known
  }

  const withDefaults = (table: CompiledTable, stored: StoredRow): StoredRow => {
    stored.statecode ??= table.definition.activeState
    stored.statuscode ??= statusOf(table, stored.statecode as number)
    stored.createdon ??= nowMs
    stored.createdby ??= caller
    stored.modifiedon ??= stored.createdon
    stored.modifiedby ??= stored.createdby
    if (table.hasOwner) {
      stored.ownerid ??= caller
      stored.owningbusinessunit ??= unitOf(stored.ownerid as RowNumber)
    }
    if (table.definition.mergeable) stored.merged ??= 0
    return stored
  }

  const insertRow = (table: CompiledTable, guid: string, stored: StoredRow): RowNumber => {
    const names = Object.keys(stored)
    const key = `${table.number}:${names.join()}`
    let insert = inserts.get(key)
    if (!insert) {
      const columns = [ROW, table.definition.primaryId, ...names]
      insert = connection.statement(
        `INSERT INTO ${quoted(table.definition.logicalName)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      inserts.set(key, insert)
    }
    const row = take()
    insert.run(row, guidToBytes(guid) as unknown as string, ...names.map((name) => stored[name] ?? null))
    if (isPrincipalTable(table))
      completePrincipal(connection, table, row, stored, (team) =>
        insertRow(model.table('team'), newId(), withDefaults(model.table('team'), team)),
      )
    return row
  }

  const finish = (): void => {
    connection.statement<[number]>(`UPDATE _counter SET value = ? WHERE name = 'next_row'`).run(nextRow)
  }

  const loader: RecordLoader = {
    find: (table, guid) => findRow(connection, model.table(table), guid),
    findByName(table, name) {
      const { logicalName, primaryName } = model.table(table).definition
      if (!primaryName) return []
      const found = connection.statement<[string], { row: number }>(
        `SELECT ${ROW} AS row FROM ${quoted(logicalName)} WHERE ${quoted(primaryName)} = ? COLLATE NOCASE ORDER BY ${ROW}`,
      )
      return found.all(name).map(({ row }) => row)
    },
    findOwner: (name) => {
      const owner = findOwner(connection, model, name)
      return owner && { table: owner.table, row: owner.row }
    },
    insert(name, guid, values) {
      const table = model.table(name)
      return insertRow(table, guid, withDefaults(table, store(table, values)))
    },
    update(name, row, values) {
      const table = model.table(name)
      const stored = store(table, values)
      const names = Object.keys(stored)
      if (names.length > 0)
        connection
          .statement<StoredValue[]>(
            `UPDATE ${quoted(name)} SET ${names.map((column) => `${quoted(column)} = ?`).join(', ')} WHERE ${ROW} = ?`,
          )
          .run(...names.map((column) => stored[column] ?? null), row)
      if (isPrincipalTable(table)) connection.securityChanged()
      connection.statement<[number]>('DELETE FROM _record_stub WHERE row = ?').run(row)
    },
    insertStub(name, guid, primaryName, reason) {
      const table = model.table(name)
      const { primaryName: nameColumn } = table.definition
      const row = insertRow(table, guid, withDefaults(table, nameColumn && primaryName !== null ? { [nameColumn]: primaryName } : {}))
      connection
        .statement<[number, number, string]>('INSERT INTO _record_stub (row, table_number, reason) VALUES (?, ?, ?)')
        .run(row, table.number, reason)
      return row
    },
    isStub: (row) => stub.get(row) !== undefined,
    danglingTarget: (table, guid) => danglingRow(connection, model.table(table), guid, take),
    link(intersectTable, first, second) {
      const relation = model.definition.manyToMany.find((each) => each.intersectTable === intersectTable)
      if (!relation) throw inputInvalid(storeText.linkTableUnknown({ table: intersectTable }), { intersectTable })
      return addLink(connection, relation, { first, second })
    },
    rows(name, where = {}) {
      const stored = store(model.table(name), where)
      const conditions = Object.keys(stored).map((column) => `${quoted(column)} IS ?`)
      const found = connection.statement<StoredValue[], { row: number }>(
        `SELECT ${ROW} AS row FROM ${quoted(name)} ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY ${ROW}`,
      )
      return found.all(...Object.values(stored)).map(({ row }) => row)
    },
    commit() {
      finish()
      connection.commit()
    },
    rollback: () => connection.rollback(),
  }
  return sayingWhatFailed(loader, connection)
}

/** Returns a loader whose functions throw EngineErrors where SQLite fails: on a full disk, for instance. */
function sayingWhatFailed(loader: RecordLoader, connection: Connection): RecordLoader {
  const saying =
    (call: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      try {
        return call(...args)
      } catch (error) {
        throw connection.failure(error)
      }
    }
  return Object.fromEntries(Object.entries(loader).map(([name, call]) => [name, saying(call)])) as unknown as RecordLoader
}
