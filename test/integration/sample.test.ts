import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { CascadeRequest } from '#engine/contract/cascades'
import type { RecordRef, RecordRow } from '#engine/contract/records'
import { createSampleEnvironment } from '../../main/sample/index.ts'

const given = { now: () => Date.UTC(2026, 2, 2), newId: () => v7() }
let folder: string
let engine: Engine

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sample-'))
  engine = await openSample('sample.cascade')
})

afterEach(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openSample(name: string): Promise<Engine> {
  const path = join(folder, name)
  await createSampleEnvironment(path, given)
  return openEngine({ path, ...given, mode: 'open' })
}

function rowNamed(table: string, column: string, name: string): RecordRow {
  const [row] = engine.as('admin').findRecords({ table, filters: [{ column, operator: 'equals', value: name }], offset: 0, limit: 1 }).rows
  if (row === undefined) throw new Error(`no ${table} ${name}`)
  return row
}

const account = (name: string): RecordRef => {
  const { table, id } = rowNamed('account', 'name', name)
  return { table, id }
}
const preview = (request: CascadeRequest) => engine.as('admin').planCascade(request, 'Auto')

test('a customer with orders cannot be deleted', () => {
  const { blockedBy, blockedCount } = preview({ operation: 'Delete', record: account('Harbour Mill Textiles') })

  expect(blockedCount).toBe(3)
  expect(blockedBy[0]).toMatchObject({ code: '0x80040227', record: { table: 'salesorder', name: 'Order SO-10001' } })
})

test('a small customer without orders can be', () => {
  const { mode, affected, blockedCount } = preview({ operation: 'Delete', record: account('Willow Bicycles') })

  expect({ mode, affected, blockedCount }).toEqual({ mode: 'Sync', affected: 4, blockedCount: 0 })
})

test('two customers are large enough for system jobs', () => {
  const assign = preview({ operation: 'Assign', record: account('Brightwater Logistics'), to: 'Marek Novak' })
  const remove = preview({ operation: 'Delete', record: account('Evergreen Energy') })

  expect([assign.mode, assign.affected]).toEqual(['Async', 1 + 400 + 3 * 400])
  expect([remove.mode, remove.affected]).toEqual(['Async', 1 + 900 + 5 * 900])
})

test('the duplicate accounts have conflicting values and different parents', () => {
  const [kept, duplicate] = ['Kestrel Instruments', 'Kestrel Instruments A/S'].map((name) => rowNamed('account', 'name', name).values)

  expect(kept?.parentaccountid).toMatchObject({ name: 'Kestrel Group' })
  expect(duplicate?.parentaccountid).toMatchObject({ name: 'Kestrel Iberia' })
  expect(kept?.creditlimit).not.toBe(duplicate?.creditlimit)
  expect(kept?.address1_city).not.toBe(duplicate?.address1_city)
})

test('every row has a name and an owner, and several people own something', () => {
  const { rows } = engine.as('admin').findRecords({ table: 'account', offset: 0, limit: 1_000 })
  const owners = new Set(rows.map(({ values }) => (values.ownerid as { name: string } | null)?.name))

  expect(rows.filter(({ values }) => typeof values.name !== 'string' || values.name === '')).toEqual([])
  expect(owners.size).toBeGreaterThan(5)
})

test('two sample environments hold the same data', async () => {
  const other = await openSample('other.cascade')
  const content = (one: Engine) =>
    one.model().tables.map(({ logicalName, primaryName }) => [
      logicalName,
      one
        .as('admin')
        .findRecords({ table: logicalName, offset: 0, limit: 1_000 })
        .rows.map(({ values }) => (primaryName === null ? null : values[primaryName])),
    ])
  const [first, second] = [content(engine), content(other)]
  other.close()

  expect(second).toEqual(first)
})

test('an existing file is not touched', async () => {
  const path = join(folder, 'sample.cascade')
  const before = engine.as('admin').countRecords('account')

  await expect(createSampleEnvironment(path, given)).rejects.toThrow()
  expect(existsSync(path)).toBe(true)
  expect(engine.as('admin').countRecords('account')).toBe(before)
})
