import { expect, test } from 'vitest'
import type { OrganizationService, Query, StepContext, Where } from '#plugin-api'
import type { LabModel } from '../../../support/engine.ts'
import { openPipeline, type PipelineLab } from '../../../support/pipeline.ts'

const MODEL: LabModel = {
  tables: {
    account: { columns: { note: 'String', rank: 'Integer', worth: 'Money', since: 'DateTime', isgood: 'Boolean' } },
    contact: { columns: { note: 'String' } },
    task: {},
  },
  relationships: ['account > contact.accountid', 'account > contact.parentcustomerid', 'contact > contact.parentcustomerid'],
}

const openRows = () =>
  openPipeline(MODEL).rows({
    account: {
      A: { note: 'Gold', rank: 1, worth: 10.5, since: '2026-01-01T00:00:00Z', isgood: true, ownerid: 'alice' },
      B: { note: 'silver 50%', rank: 2, worth: 4.5, since: '2026-02-01T00:00:00Z', isgood: false, ownerid: 'bob' },
      C: { note: 'golden', rank: 3, worth: 100, ownerid: 'alice' },
      D: { note: null, rank: null, worth: null, ownerid: 'bob' },
    },
    contact: { K: { accountid: 'A', parentcustomerid: 'A' }, L: { accountid: 'B', parentcustomerid: 'K' }, M: {} },
  })

/** Runs a step that gets the service, and returns what it returned. */
function ask<T>(lab: PipelineLab, question: (service: OrganizationService) => T): T {
  const answers: T[] = []
  lab.plugin('ask', {
    message: 'Create',
    table: 'task',
    stage: 'PostOperation',
    handler: ({ service }: StepContext) => void answers.push(question(service)),
  })
  lab.create('task', `T${Math.random()}`)
  return answers[0] as T
}

const names = (lab: PipelineLab, query: Query): string =>
  ask(lab, (service) =>
    service
      .retrieveMultiple(query)
      .map(({ name }) => name)
      .join(''),
  )

const accounts = (lab: PipelineLab, where: Where): string => names(lab, { table: 'account', where })

const refusalOf = (lab: PipelineLab, question: (service: OrganizationService) => unknown): string =>
  ask(lab, (service) => {
    try {
      return `accepted: ${JSON.stringify(question(service))}`
    } catch (error) {
      return (error as Error).message
    }
  })

test.each<[string, Where]>([
  ['A', { note: 'gold' }],
  ['D', { note: null }],
  ['BCD', { note: { ne: 'GOLD' } }],
  ['ABC', { note: { ne: null } }],
  ['AB', { rank: { in: [1, 2] } }],
  ['', { rank: { in: [] } }],
  ['CD', { rank: { notIn: [1, 2] } }],
  ['ABCD', { rank: { notIn: [] } }],
  ['AC', { note: { in: ['gold', 'GOLDEN'] } }],
  ['BC', { rank: { gt: 1 } }],
  ['ABC', { rank: { ge: 1 } }],
  ['A', { rank: { lt: 2 } }],
  ['AB', { rank: { le: 2 } }],
  ['B', { rank: { gt: 1, lt: 3 } }],
  ['B', { since: { gt: '2026-01-15T00:00:00Z' } }],
  ['BC', { worth: { ge: 4.5, ne: 10.5 } }],
  ['C', { note: { gt: 'gold', lt: 'h' } }],
  ['AC', { note: { like: 'GOLD%' } }],
  ['A', { note: { like: '_old' } }],
  ['B', { note: { like: '%50[%]' } }],
  ['', { note: { like: '%5[_]%' } }],
  ['D', { note: { isNull: true } }],
  ['ABC', { note: { isNull: false } }],
  ['AC', { ownerid: 'alice' }],
  ['BD', { ownerid: { ne: 'alice' } }],
  ['AB', { or: [{ rank: 1 }, { rank: 2 }] }],
  ['A', { isgood: true, or: [{ rank: 1 }, { rank: 2 }] }],
  ['BD', { or: [{ rank: { gt: 1 }, ownerid: 'bob' }, { rank: null }] }],
  ['AD', { or: [{ rank: 1 }, { or: [{ rank: null }, { note: 'nobody' }] }] }],
  ['ABCD', { or: [{}] }],
])('conditions find %s with %j [CT16]', (expected, where) => {
  expect(accounts(openRows(), where)).toBe(expected)
})

test('lookups are compared by id, those to several tables by table and id, and a key by either of its names [CT16]', () => {
  const lab = openRows()
  const [a, k] = [lab.refOf('A'), lab.refOf('K')]
  const contacts = (where: Where) => names(lab, { table: 'contact', where })

  expect(contacts({ accountid: a.id })).toBe('K')
  expect(contacts({ accountid: { ne: a.id } })).toBe('LM')
  expect(contacts({ accountid: { in: [a.id, lab.refOf('B').id] } })).toBe('KL')
  expect(contacts({ accountid: '00000000-0000-7000-8000-00000000dead' })).toBe('')
  expect(contacts({ parentcustomerid: a })).toBe('K')
  expect(contacts({ parentcustomerid: { in: [a, k] } })).toBe('KL')
  expect(contacts({ parentcustomerid: { notIn: [a, k] } })).toBe('M')
  expect(contacts({ id: k.id.toUpperCase() })).toBe('K')
  expect(contacts({ contactid: { ne: k.id } })).toBe('LM')
})

test('every row has id beside its own key, whatever columns were asked for [CT16]', () => {
  const lab = openRows()
  const { id } = lab.refOf('A')

  const rows = ask(lab, (service) => [
    service.retrieve('account', id, ['rank']),
    ...service.retrieveMultiple({ table: 'account', where: { rank: 1 }, columns: ['rank'] }),
    ...service.retrieveMultiple({ table: 'account', where: { rank: 1 }, columns: ['id', 'accountid', 'rank'], orderBy: 'id' }),
  ])

  expect(rows).toEqual([0, 1, 2].map(() => ({ id, accountid: id, rank: 1 })))
})

test('pages say whether there are more, and none holds more than 5,000 rows [CT17]', () => {
  const lab = openPipeline(MODEL)
  const rows = Array.from({ length: 5_003 }, (_, n) => [`R${n}`, {}] as const)
  lab.rows({ contact: Object.fromEntries(rows) })

  const seen = ask(lab, (service) => {
    const page = (query: Partial<Query>) => {
      const found = service.retrieveMultiple({ table: 'contact', columns: ['name'], ...query })
      return [found.length, found.moreRecords, found[0]?.name ?? null]
    }
    return [
      page({}),
      page({ page: 2 }),
      page({ pageSize: 5_000, page: 3 }),
      page({ pageSize: 5_003 - 2_501, page: 2 }),
      page({ top: 2 }),
      page({ top: 5_001 }),
      page({ top: 5_001, page: 2 }),
      page({ pageSize: 2, page: 2, top: 3 }),
      page({ pageSize: 2, page: 3, top: 3 }),
    ]
  })

  expect(seen).toEqual([
    [5_000, true, 'R0'],
    [3, false, 'R5000'],
    [0, false, null],
    [2_501, false, 'R2502'],
    [2, false, 'R0'],
    [5_000, true, 'R0'],
    [1, false, 'R5000'],
    [1, false, 'R2'],
    [0, false, null],
  ])
})

test('rows are counted and added up without a limit and without their empty values [CT18]', () => {
  const lab = openRows()

  const found = ask(lab, (service) => [
    service.count({ table: 'account' }),
    service.count({ table: 'account', where: { rank: { gt: 1 } } }),
    service.sum({ table: 'account', column: 'worth' }),
    service.sum({ table: 'account', column: 'rank', where: { ownerid: 'alice' } }),
    service.sum({ table: 'account', column: 'worth', where: { rank: null } }),
  ])

  expect(found).toEqual([4, 2, 115, 4, 0])
})

test.each<[string, (service: OrganizationService) => unknown, RegExp]>([
  [
    'wher',
    (service) => service.retrieveMultiple({ table: 'account', wher: { rank: 1 } } as Query),
    /"wher" is no key here. Did you mean "where"\?/,
  ],
  ['colum', (service) => service.sum({ table: 'account', colum: 'worth' } as never), /Did you mean "column"\?/],
  ['columns of a count', (service) => service.count({ table: 'account', columns: ['rank'] } as never), /"columns" is no key/],
  ['an operator', (service) => service.count({ table: 'account', where: { rank: { gte: 1 } as never } }), /"gte" .* Did you mean "gt"\?/],
  ['no operator', (service) => service.count({ table: 'account', where: { rank: {} } }), /names at least one of/],
  ['a column', (service) => service.count({ table: 'account', where: { rnk: 1 } }), /rnk/],
  ['a column of an alternative', (service) => service.count({ table: 'account', where: { or: [{ rnk: 1 }] } }), /rnk/],
  ['or without a list', (service) => service.count({ table: 'account', where: { or: { rank: 1 } as never } }), /"or" is a list/],
  ['or without alternatives', (service) => service.count({ table: 'account', where: { or: [] } }), /"or" is a list/],
  ['in without a list', (service) => service.count({ table: 'account', where: { rank: { in: 1 as never } } }), /"in" takes a list/],
  ['isNull with a word', (service) => service.count({ table: 'account', where: { rank: { isNull: 'yes' as never } } }), /true or false/],
  ['like of a number', (service) => service.count({ table: 'account', where: { rank: { like: '1%' } } }), /does not compare/],
  ['a long pattern', (service) => service.count({ table: 'account', where: { note: { like: '%a'.repeat(300) } } }), /500/],
  ['greater than nothing', (service) => service.count({ table: 'account', where: { rank: { gt: null } } }), /isNull/],
  ['greater than a lookup', (service) => service.count({ table: 'contact', where: { accountid: { gt: 'x' } } }), /does not compare/],
  ['a value that does not fit', (service) => service.count({ table: 'account', where: { rank: { in: [1, 'two'] } } }), /whole number/],
  ['a key that is no GUID', (service) => service.count({ table: 'account', where: { id: 'A' } }), /GUID/],
  ['a page of 0', (service) => service.retrieveMultiple({ table: 'account', page: 0 }), /"page" is a whole number from 1/],
  ['a large page', (service) => service.retrieveMultiple({ table: 'account', pageSize: 5_001 }), /at most 5,000 rows/],
  ['the sum of a text', (service) => service.sum({ table: 'account', column: 'note' }), /cannot be added up/],
  [
    'a key of an order',
    (service) => service.retrieveMultiple({ table: 'account', orderBy: { colum: 'rank' } as never }),
    /Did you mean "column"\?/,
  ],
  [
    'a key of a merge',
    (service) => service.merge({ table: 'account', target: 'x', subordinate: 'y', contents: {} } as never),
    /Did you mean "content"\?/,
  ],
  ['a key of an owner', (service) => service.assign('account', 'x', { table: 'team', id: 'y', name: 'z' } as never), /"name" is no key/],
  [
    'many values',
    (service) => service.count({ table: 'account', where: { rank: { in: Array.from({ length: 501 }, (_, n) => n) } } }),
    /500/,
  ],
])('a query that is wrong in %s finds nothing and says what would be right [CT19]', (_what, question, expected) => {
  expect(refusalOf(openRows(), question)).toMatch(expected)
})
