import { expect, test } from 'vitest'
import { planCascade, withPlan } from '#engine/cascade/plan'
import type { CompiledModel } from '#engine/model/compiled-model'
import { deletion } from '#engine/operations/kinds/delete'
import type { Connection } from '#engine/store/connection'
import { PlanTable } from '#engine/store/plan-table'
import { openStore } from '../../support/store.ts'

const temporaryTables = (connection: Connection) =>
  connection.statement<[], { name: string }>(`SELECT name FROM temp.sqlite_schema WHERE type = 'table' ORDER BY name`).all()

const requestFor = (model: CompiledModel) => ({ operation: 'Delete' as const, table: model.table('systemuser'), root: 1 })

test('a plan that is disposed of drops its tables, and its number is used again [PL8]', () => {
  const { connection, model } = openStore()
  const first = planCascade(connection, model, deletion, requestFor(model))
  const second = planCascade(connection, model, deletion, requestFor(model))

  first[Symbol.dispose]()
  first[Symbol.dispose]()
  const third = planCascade(connection, model, deletion, requestFor(model))

  expect(third.table.name).toBe(first.table.name)
  expect(second.table.size).toBe(1)
  second[Symbol.dispose]()
  third[Symbol.dispose]()
  expect(temporaryTables(connection)).toEqual([])
})

test('planning that fails on the way leaves no table behind [PL8]', () => {
  const { connection, model } = openStore()
  const use = () => {
    throw new Error('Whoever uses the plan fails')
  }
  expect(() => withPlan(connection, model, deletion, requestFor(model), use)).toThrow('Whoever uses the plan fails')
  expect(() => planCascade(connection, model, deletion, { ...requestFor(model), root: Number.NaN })).toThrow('NOT NULL')
  connection.db.exec('CREATE TABLE temp._plan_1_source (seq INTEGER)')
  expect(() => planCascade(connection, model, deletion, requestFor(model))).toThrow('already exists')

  expect(temporaryTables(connection)).toEqual([])
  expect(connection.planNumbers.take()).toBe(1)
})

test('two plan tables of one connection never share a name [PL8]', () => {
  const { connection } = openStore()
  const tables = Array.from({ length: 20 }, () => new PlanTable(connection, true))

  expect(new Set(tables.map(({ name }) => name)).size).toBe(20)
  for (const table of tables) table[Symbol.dispose]()
  expect(temporaryTables(connection)).toEqual([])
})
