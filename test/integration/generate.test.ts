import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEngine } from '#engine'
import type { Engine } from '#engine/engine'
import type { GenerateRule } from '#engine/transfer'
import { generateRecords } from '../../main/generate/index.ts'
import { modelOf } from '../support/model.ts'

const given = { now: () => Date.UTC(2026, 2, 2), newId: () => v7() }
let folder: string
let engine: Engine

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'generate-'))
  engine = openEngine({ path: join(folder, 'test.cascade'), ...given, mode: 'create' })
  engine.applyModel(
    modelOf({ account: {}, contact: {} }, [
      ['account_parent_account', 'account', 'account', 'parentaccountid'],
      ['contact_customer_accounts', 'account', 'contact', 'parentcustomerid'],
    ]),
  )
})

afterEach(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const generate = (rules: GenerateRule[]) => generateRecords(rules, engine, { caller: 'admin', ...given })

test('rows stand in the store as the rules say', () => {
  const report = generate([
    { table: 'account', chain: 3, attribute: 'parentaccountid', set: { name: 'Link' } },
    { table: 'contact', per: 'account', where: { name: 'Link' }, count: 2, set: { ownerid: 'admin' } },
  ])

  const { rows } = engine.findRecords({ table: 'account', offset: 0, limit: 10 })
  const contacts = engine.findRecords({ table: 'contact', offset: 0, limit: 10 }).rows
  expect(report).toEqual({ inserted: { account: 3, contact: 6 }, total: 9, durationMs: 0 })
  expect(rows.map(({ values }) => (values.parentaccountid as { id: string } | null)?.id)).toEqual([undefined, rows[0]?.id, rows[1]?.id])
  expect(contacts.map(({ values }) => (values.parentcustomerid as { id: string }).id)).toEqual(rows.flatMap(({ id }) => [id, id]))
})

test('a rule that fails half-way leaves the store as it was', () => {
  generate([{ table: 'account', count: 2 }])

  expect(() =>
    generate([
      { table: 'account', count: 5 },
      { table: 'account', count: 1, set: { ownerid: 'nobody' } },
    ]),
  ).toThrow('"nobody"')
  expect(engine.countRecords('account')).toBe(2)
})

test('a state comes with a status reason of its own', () => {
  generate([{ table: 'account', count: 4, states: { 0: 0.5, 1: 0.5 } }])

  const { rows } = engine.findRecords({ table: 'account', offset: 0, limit: 10 })
  expect(rows.map(({ values }) => values.statecode).sort()).toEqual([0, 0, 1, 1])
})
