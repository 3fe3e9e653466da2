import type { LoadValue, LoadValues, RecordLoader, RowNumber } from '#engine/loader'

export interface MemoryRow {
  table: string
  guid: string
  row: RowNumber
  values: LoadValues
}

/** A loader that keeps rows in a list: for tests of what is loaded, not of how it is stored. */
export function memoryLoader(owners: Record<string, RowNumber> = {}) {
  let rows: MemoryRow[] = []
  let kept: MemoryRow[] = []
  let lastRow = 1_000
  const add = (table: string, guid: string, values: LoadValues): RowNumber => {
    lastRow += 1
    rows.push({ table, guid, row: lastRow, values })
    return lastRow
  }
  const loader: RecordLoader = {
    find: (table, guid) => rows.find((row) => row.table === table && row.guid === guid)?.row,
    findByName: (table, name) => rows.filter((row) => row.table === table && row.values.name === name).map(({ row }) => row),
    findOwner: (name) => (owners[name] === undefined ? undefined : { table: 'systemuser', row: owners[name] }),
    insert: add,
    update(_, number, values) {
      Object.assign(rows.find(({ row }) => row === number)?.values ?? {}, values)
    },
    insertStub: (table, guid, name) => add(table, guid, { name }),
    isStub: () => false,
    danglingTarget: (table, guid) => add(`missing ${table}`, guid, {}),
    link: () => true,
    rows: (table, where = {}) => rows.filter((row) => row.table === table && matches(row.values, where)).map(({ row }) => row),
    commit() {
      kept = [...rows]
    },
    rollback() {
      rows = [...kept]
    },
  }
  return { loader, rows: (table: string) => kept.filter((row) => row.table === table) }
}

const matches = (values: LoadValues, where: LoadValues) =>
  Object.entries(where).every(([name, value]) => plain(values[name] ?? null) === plain(value))

const plain = (value: LoadValue) => JSON.stringify(value)
