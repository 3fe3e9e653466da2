import { expect, test } from 'vitest'
import type { GenerateRule } from '#engine/transfer'
import { type GenerateOptions, generateRecords } from '../../../main/generate/index.ts'
import { memoryLoader } from '../../support/memory-loader.ts'
import { modelOf } from '../../support/model.ts'

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

function generate(rules: GenerateRule[], options: Partial<GenerateOptions> = {}) {
  const { loader, rows } = memoryLoader({ alice: 1, bob: 2 })
  let ids = 0
  let clock = 0
  const report = generateRecords(
    rules,
    { load: () => loader, model: () => model },
    { caller: 'admin', now: () => (clock += 1), newId: () => `id-${(ids += 1)}`, makeUpValues: false, ...options },
  )
  return { report, rows }
}

const refusal = (rules: GenerateRule[]) => {
  try {
    generate(rules)
  } catch (error) {
    return error
  }
  return undefined
}

test('count makes that many rows with the same values', () => {
  const { report, rows } = generate([
    { table: 'contact', count: 3, set: { name: 'X', birthdate: '1990-01-02T00:00:00Z', ownerid: 'alice' } },
  ])

  expect(report).toEqual({ inserted: { contact: 3 }, total: 3, durationMs: 1 })
  expect(rows('contact').map(({ values }) => values)).toEqual(
    Array(3).fill({ name: 'X', birthdate: Date.parse('1990-01-02T00:00:00Z'), ownerid: { table: 'systemuser', row: 1 } }),
  )
})

test('per makes rows under every parent that exists so far, numbered through', () => {
  const asked: [number, number][] = []
  const { report, rows } = generate(
    [
      { table: 'account', count: 2 },
      { table: 'salesorder', per: 'account', attribute: 'customerid', count: 2 },
      { table: 'account', count: 1 },
    ],
    {
      idOf: (rule, index) => {
        asked.push([rule, index])
        return `${rule}/${index}`
      },
    },
  )

  const [first, second] = rows('account')
  expect(report.inserted).toEqual({ account: 3, salesorder: 4 })
  expect(rows('salesorder').map(({ values }) => values.customerid)).toEqual(
    [first, first, second, second].map((parent) => ({ table: 'account', row: parent?.row })),
  )
  expect(asked).toEqual([
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [1, 3],
    [1, 4],
    [2, 1],
  ])
})

test('where chooses the parents, and an empty where means all of them', () => {
  const accounts: GenerateRule[] = [
    { table: 'account', count: 2, set: { name: 'big' } },
    { table: 'account', count: 3, set: { name: 'small' } },
  ]
  const chosen = generate([...accounts, { table: 'contact', per: 'account', where: { name: 'big' } }])
  const all = generate([...accounts, { table: 'contact', per: 'account', where: {} }])

  expect(chosen.report.inserted.contact).toBe(2)
  expect(all.report.inserted.contact).toBe(5)
})

test('chain makes each row the parent of the next', () => {
  const { rows } = generate([{ table: 'account', chain: 3, attribute: 'parentaccountid' }])

  const [first, second] = rows('account')
  expect(rows('account').map(({ values }) => values.parentaccountid)).toEqual([
    undefined,
    { table: 'account', row: first?.row },
    { table: 'account', row: second?.row },
  ])
})

test('a link in set points to a record of an earlier rule', () => {
  const { rows } = generate(
    [
      { table: 'account', count: 1 },
      { table: 'salesorder', count: 1, set: { customerid: { table: 'account', id: '0/1' } } },
    ],
    { idOf: (rule, index) => `${rule}/${index}` },
  )

  expect(rows('salesorder')[0]?.values.customerid).toEqual({ table: 'account', row: rows('account')[0]?.row })
})

test('a link to a missing record is kept as a dangling one when that is allowed', () => {
  const { rows } = generate([{ table: 'contact', count: 1, set: { parentcustomerid: { table: 'account', id: 'gone' } } }], {
    allowDanglingLinks: true,
  })

  expect(rows('contact')[0]?.values.parentcustomerid).toEqual({ table: 'account', row: rows('missing account')[0]?.row })
})

test('owners take turns and states follow their shares', () => {
  const { rows } = generate([{ table: 'account', count: 8, owners: ['alice', 'bob'], states: { 0: 0.75, 1: 0.25 } }])

  expect(rows('account').map(({ values }) => values.ownerid)).toEqual([1, 2, 1, 2, 1, 2, 1, 2].map((row) => ({ table: 'systemuser', row })))
  expect(
    rows('account')
      .map(({ values }) => values.statecode)
      .sort(),
  ).toEqual([0, 0, 0, 0, 0, 0, 1, 1])
})

test('made-up values fill what set leaves out, the same in every run', () => {
  const rules: GenerateRule[] = [
    { table: 'contact', count: 2 },
    { table: 'contact', count: 1, set: { name: 'Given' } },
  ]
  const values = () =>
    generate(rules, { makeUpValues: true })
      .rows('contact')
      .map((row) => row.values)

  expect(values()).toEqual(values())
  expect(values()).toMatchObject([{ name: expect.stringMatching(/^\S+ \S+$/) }, { creditlimit: expect.any(Number) }, { name: 'Given' }])
})

test('a failure in the middle leaves nothing behind', () => {
  const { loader, rows } = memoryLoader()
  const options = { caller: 'admin', now: () => 0, newId: () => 'x' }

  expect(() =>
    generateRecords(
      [
        { table: 'account', count: 5 },
        { table: 'account', count: 1, set: { ownerid: 'nobody' } },
      ],
      { load: () => loader, model: () => model },
      options,
    ),
  ).toThrow('Rule 2 (account), set.ownerid: there is no user and no team called "nobody".')
  expect(rows('account')).toEqual([])
  expect(loader.rows('account')).toEqual([])
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
    'a lookup elsewhere',
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
])('%s is refused with what would be right', (_, rule, message) => {
  expect(refusal([rule])).toMatchObject({ code: 'INPUT_INVALID', message })
})
