import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { RecordRow } from '#engine/contract/records'
import type { GenerateRule } from '#engine/contract/transfer'
import { type GenerateOptions, generateRecords } from '../../../main/generate/index.ts'
import { modelOf } from '../../support/model.ts'

const NOW_MS = Date.UTC(2026, 2, 2)
const given = { now: () => NOW_MS, newId: () => v7() }
const model = modelOf(
  {
    account: {},
    contact: { columns: { birthdate: 'DateTime', creditlimit: 'Money' } },
    salesorder: {},
    region: { ownership: 'OrganizationOwned' },
  },
  [
    ['account_parent_account', 'account', 'account', 'parentaccountid'],
    ['contact_customer_accounts', 'account', 'contact', 'parentcustomerid'],
    ['order_customer_accounts', 'account', 'salesorder', 'customerid'],
    ['order_customer_contacts', 'contact', 'salesorder', 'customerid'],
  ],
)

let folder: string
let engine: Engine

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'generate-'))
  engine = openEngine({ path: join(folder, 'test.cascade'), ...given, mode: 'create' })
  engine.applyModel(model)
  const loader = engine.as('admin').load()
  for (const fullname of ['alice', 'bob']) loader.insert('systemuser', v7(), { fullname })
  loader.commit()
})

afterEach(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const generate = (rules: GenerateRule[], options: Partial<GenerateOptions> = {}) =>
  generateRecords(rules, { model: engine.model, load: engine.as('admin').load }, { ...given, ...options })
const rowsOf = (table: string): RecordRow[] => engine.as('admin').findRecords({ table, offset: 0, limit: 1_000 }).rows
const valuesOf = (table: string, column: string) => rowsOf(table).map(({ values }) => values[column])
const linksOf = (table: string, column: string) => valuesOf(table, column).map((value) => (value as { id: string } | null)?.id ?? null)

test('count makes that many rows with the same values', () => {
  const report = generate([{ table: 'contact', count: 3, set: { name: 'X', birthdate: '1990-01-02T00:00:00Z', ownerid: 'alice' } }])

  expect(report).toEqual({ inserted: { contact: 3 }, total: 3, durationMs: 0 })
  expect(valuesOf('contact', 'name')).toEqual(['X', 'X', 'X'])
  expect(valuesOf('contact', 'birthdate')).toEqual(Array(3).fill('1990-01-02T00:00:00.000Z'))
  expect(valuesOf('contact', 'ownerid')).toEqual(Array(3).fill(expect.objectContaining({ table: 'systemuser', name: 'alice' })))
})

test('per makes rows under every parent that exists so far', () => {
  generate([{ table: 'account', count: 1 }])

  const report = generate([
    { table: 'account', count: 1 },
    { table: 'salesorder', per: 'account', attribute: 'customerid', count: 2 },
    { table: 'account', count: 1 },
  ])

  const [earlier, first] = rowsOf('account')
  expect(report.inserted).toEqual({ account: 2, salesorder: 4 })
  expect(linksOf('salesorder', 'customerid')).toEqual([earlier?.id, earlier?.id, first?.id, first?.id])
})

test('where chooses the parents, and an empty where means all of them', () => {
  generate([
    { table: 'account', count: 2, set: { name: 'big', ownerid: 'bob' } },
    { table: 'account', count: 3, set: { name: 'small' } },
  ])
  const under = (where: NonNullable<GenerateRule['where']>) => generate([{ table: 'contact', per: 'account', where }]).total

  expect([under({ name: 'big' }), under({ ownerid: 'bob' }), under({ name: null }), under({})]).toEqual([2, 2, 0, 5])
})

test('chain makes each row the parent of the next', () => {
  generate([{ table: 'account', chain: 3, attribute: 'parentaccountid' }])

  const [first, second] = rowsOf('account')
  expect(linksOf('account', 'parentaccountid')).toEqual([null, first?.id, second?.id])
})

test('the head of a chain hangs where set says', () => {
  generate([{ table: 'account', count: 1 }])
  const [top] = rowsOf('account')

  generate([
    { table: 'account', chain: 2, attribute: 'parentaccountid', set: { parentaccountid: { table: 'account', id: top?.id ?? '' } } },
  ])

  expect(linksOf('account', 'parentaccountid')).toEqual([null, top?.id, rowsOf('account')[1]?.id])
})

test('the linking column may be left out where only one fits', () => {
  generate([
    { table: 'account', count: 1 },
    { table: 'contact', per: 'account' },
  ])

  expect(linksOf('contact', 'parentcustomerid')).toEqual([rowsOf('account')[0]?.id])
})

test('owners take turns and states follow their shares, each with a status reason of its own', () => {
  generate([{ table: 'account', count: 8, owners: ['alice', 'bob'], states: { 0: 0.75, 1: 0.25 } }])

  const owners = valuesOf('account', 'ownerid').map((owner) => (owner as { name: string }).name)
  const states = rowsOf('account').map(({ values }) => [values.statecode, values.statuscode])
  expect(owners).toEqual(['alice', 'bob', 'alice', 'bob', 'alice', 'bob', 'alice', 'bob'])
  expect(states.filter(([state, reason]) => state === 0 && reason === 1)).toHaveLength(6)
  expect(states.filter(([state, reason]) => state === 1 && reason === 2)).toHaveLength(2)
})

test('made-up values fill what set leaves out, the same in every run', () => {
  const rules: GenerateRule[] = [
    { table: 'contact', count: 2 },
    { table: 'contact', count: 1, set: { name: 'Given' } },
  ]
  generate(rules)
  generate(rules)

  const [first, second, third, ...again] = rowsOf('contact').map(({ values }) => [values.name, values.creditlimit])
  expect(first).toEqual([expect.stringMatching(/^\S+ \S+$/), expect.any(Number)])
  expect(third?.[0]).toBe('Given')
  expect(again).toEqual([first, second, third])
})

test('a rule that fails half-way leaves the store as it was', () => {
  generate([{ table: 'account', count: 2 }])

  expect(() =>
    generate([
      { table: 'account', count: 5 },
      { table: 'account', count: 1, set: { ownerid: 'nobody' } },
    ]),
  ).toThrow('Rule 2 (account), set.ownerid: there is no user and no team called "nobody".')
  expect(engine.as('admin').countRecords('account')).toBe(2)
})

test('whoever follows the progress can stop it, and nothing is kept', () => {
  const stop = () => {
    throw new Error('stopped')
  }

  expect(() => generate([{ table: 'account', count: 6_000 }], { onProgress: stop })).toThrow('stopped')
  expect(engine.as('admin').countRecords('account')).toBe(0)
})

test('progress counts all rules, with a total once it is known', () => {
  const seen: [number, number | null][] = []
  generate(
    [
      { table: 'account', count: 5_000 },
      { table: 'contact', per: 'account', count: 1 },
    ],
    { onProgress: (done, total) => seen.push([done, total]) },
  )

  expect(seen).toEqual([
    [5_000, null],
    [10_000, 10_000],
  ])
})

test.each<[string, GenerateRule, string]>([
  ['an unknown table', { table: 'acount', count: 1 }, 'Rule 1 (acount), table: there is no table "acount"; did you mean "account"?'],
  [
    'an unknown column',
    { table: 'account', count: 1, set: { nam: 'x' } },
    'Rule 1 (account), set: table account has no column "nam"; did you mean "name"?',
  ],
  [
    'a value of the wrong type',
    { table: 'contact', count: 1, set: { creditlimit: 'lots' } },
    'Rule 1 (contact), set.creditlimit takes a number, not "lots".',
  ],
  ['no number of rows', { table: 'account' }, 'Rule 1 (account): "count" is missing: say how many rows with "count", "per" or "chain".'],
  ['a fraction of a row', { table: 'account', count: 1.5 }, 'Rule 1 (account): "count" is a whole number of rows, not 1.5.'],
  ['chain beside count', { table: 'account', chain: 2, count: 2 }, 'Rule 1 (account): "chain" stands alone: leave out "count" and "per".'],
  [
    'a lookup that leads elsewhere',
    { table: 'contact', per: 'account', attribute: 'ownerid' },
    'Rule 1 (contact): "attribute" "ownerid" does not link contact to account: use parentcustomerid.',
  ],
  ['where without per', { table: 'account', count: 1, where: {} }, 'Rule 1 (account): "where" chooses parents, so it needs "per".'],
  [
    'shares that miss a part',
    { table: 'account', count: 1, states: { 0: 0.5 } },
    'Rule 1 (account): "states" add up to 0.5, and must add up to 1.',
  ],
  [
    'a state nobody knows',
    { table: 'account', count: 1, states: { 7: 1 } },
    'Rule 1 (account): "states.7" is no state of account; its states are 0, 1.',
  ],
  [
    'owners where rows have none',
    { table: 'region', count: 1, owners: ['alice'] },
    'Rule 1 (region): "owners" cannot be given: rows of region have no owner.',
  ],
  [
    'a link to another table',
    { table: 'contact', count: 1, set: { parentcustomerid: { table: 'contact', id: 'x' } } },
    'Rule 1 (contact), set.parentcustomerid points to account, not to contact.',
  ],
  [
    'a link to a record that is not there',
    { table: 'contact', count: 1, set: { parentcustomerid: { table: 'account', id: '00000000-0000-7000-8000-000000000001' } } },
    'Rule 1 (contact), set.parentcustomerid: there is no account with id 00000000-0000-7000-8000-000000000001 to point to.',
  ],
])('%s is refused with what would be right', (_, rule, message) => {
  expect(() => generate([rule])).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message }))
})
