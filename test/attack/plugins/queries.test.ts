import { expect, test, vi } from 'vitest'
import { rightsOf } from '#engine/store/caller-rights'
import { findEntityRows } from '#engine/store/entity-rows'
import { administratorOf } from '#engine/store/owners'
import { openStore } from '../../support/store.ts'

test('queries that differ in values and order only share one prepared statement [CT15]', () => {
  const { connection, model } = openStore()
  const table = model.table('systemuser')
  const find = (columns: string[], values: Record<string, string | number>, limit: number) =>
    findEntityRows(
      { connection, model, table, rights: rightsOf(connection, administratorOf(connection)) },
      {
        where: Object.entries(values).map(([column, value]) => ({ column, operator: 'eq', value })),
        columns,
        orderBy: [{ column: 'fullname', descending: false }],
        offset: limit,
        limit,
      },
    )
  find(['fullname', 'statecode'], { fullname: 'a', statecode: 0 }, 1)
  const prepare = vi.spyOn(connection.db, 'prepare')

  for (let n = 0; n < 100; n++) find(['statecode', 'fullname', 'fullname'], { statecode: n, fullname: `user ${n}` }, n + 1)

  expect(prepare).not.toHaveBeenCalled()
})

test('statements that were not used lately are prepared again, so that those kept are bounded [CT15]', () => {
  const { connection } = openStore()
  const query = (n: number) => connection.statement<[], { n: number }>(`SELECT ${n} AS n /* ${' '.repeat(10_000)} */`)
  for (let n = 0; n < 1_000; n++) query(n)
  const prepare = vi.spyOn(connection.db, 'prepare')

  const found = [query(999).get()?.n, query(0).get()?.n]

  expect(found).toEqual([999, 0])
  expect(prepare).toHaveBeenCalledTimes(1)
})
