import { expect, test } from 'vitest'
import type { LabModel } from '../../support/engine.ts'
import { openLab, refusalOf, START_MS } from '../../support/engine.ts'

const MODEL: LabModel = {
  tables: {
    account: { columns: { revenue: 'Money', since: 'DateTime', vip: 'Boolean', size: 'Choice', tags: 'MultiChoice' } },
    contact: {},
    task: {
      statuses: [
        { value: 1, label: 'Open', state: 0 },
        { value: 5, label: 'Done', state: 1 },
        { value: 6, label: 'Given up', state: 1 },
      ],
    },
    site: { ownership: 'OrganizationOwned' },
  },
  relationships: [
    'account > account.parentaccountid',
    'account > contact.parentcustomerid Delete=Cascade',
    'contact > contact.parentcustomerid Delete=Cascade',
    'task > task.parentid',
    'site > account.siteid Delete=RemoveLink',
  ],
}
const NOBODY = '00000000-0000-0000-0000-00000000dead'

test('a new row belongs to who made it, is active, and says when and by whom it was made [AS1, MO1]', () => {
  const lab = openLab(MODEL)

  lab.create('account', 'A', { revenue: 12.5, since: '2026-01-31', vip: true, size: 3 }, 'nora')

  expect(lab.engine.as('admin').getRecord(lab.refOf('A')).values).toMatchObject({
    name: 'A',
    revenue: 12.5,
    since: '2026-01-31T00:00:00.000Z',
    vip: true,
    size: 3,
    tags: null,
    statecode: 0,
    statuscode: 1,
    merged: false,
    masterid: null,
    ownerid: { ...lab.refOf('nora'), name: 'nora' },
    owningbusinessunit: { ...lab.refOf('north'), name: 'north' },
    createdon: new Date(START_MS).toISOString(),
    createdby: { ...lab.refOf('nora'), name: 'nora' },
  })
})

test('a row can be given its id and its owner, and a second row not the same id [EF5]', () => {
  const lab = openLab(MODEL)
  const id = 'AAAAAAAA-0000-0000-0000-000000000001'

  const ref = lab.engine.as('alice').createRecord('account', { accountid: id, name: 'A', ownerid: 'patrol' })
  const before = lab.everything()

  expect(ref).toEqual({ table: 'account', id: id.toLowerCase() })
  expect(lab.column('account', 'owningbusinessunit')).toEqual({ A: 'north' })
  expect(refusalOf(() => lab.engine.as('alice').createRecord('account', { accountid: id }))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { table: 'account', id: id.toLowerCase() },
  })
  expect(refusalOf(() => lab.engine.as('alice').createRecord('account', { ownerid: 'dora' }))).toMatchObject({ platformCode: '0x80040225' })
  expect(lab.everything()).toEqual(before)
})

test('a lookup takes only rows that exist [RC1]', () => {
  const lab = openLab(MODEL).rows({ contact: { C: {} } })
  const missing = { table: 'account', id: NOBODY }
  const details = { ...missing, column: 'parentcustomerid' }
  const error = { code: 'RECORD_NOT_FOUND', platformCode: '0x80040217', details }

  expect(refusalOf(() => lab.engine.as('admin').createRecord('contact', { parentcustomerid: missing }))).toEqual(error)
  expect(refusalOf(() => lab.engine.as('admin').updateRecord(lab.refOf('C'), { parentcustomerid: missing }))).toEqual(error)
  expect(lab.labels('contact')).toEqual(['C'])
})

test('a lookup takes only rows of the tables that it points to [RC1]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} }, contact: { C: {} }, site: { S: {} } })
  lab.update('C', { parentcustomerid: 'A' })
  lab.create('contact', 'C2', { parentcustomerid: 'C' })

  expect(lab.column('contact', 'parentcustomerid')).toEqual({ C: 'A', C2: 'C' })
  expect(refusalOf(() => lab.update('C', { parentcustomerid: 'S' }))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { table: 'contact', column: 'parentcustomerid', targets: ['account', 'contact'] },
  })
  expect(refusalOf(() => lab.engine.as('admin').updateRecord(lab.refOf('C'), { parentcustomerid: lab.refOf('A').id }))).toMatchObject({
    code: 'INPUT_INVALID',
    details: { table: 'contact', column: 'parentcustomerid' },
  })
})

test('a lookup to one table takes a bare id as well, and empties again [RC1]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} }, site: { S: {} } })

  lab.engine.as('admin').updateRecord(lab.refOf('A'), { siteid: lab.refOf('S').id })
  expect(lab.column('account', 'siteid')).toEqual({ A: 'S' })
  lab.update('A', { siteid: null })
  expect(lab.column('account', 'siteid')).toEqual({ A: null })
})

test.each([
  ['50%', ['50% off']],
  ['a_b', ['a_b']],
  ['c\\d', ['c\\d']],
])('a search for %s takes each character as it is, and so does a filter', (search, found) => {
  const lab = openLab(MODEL)
  for (const name of ['50% off', '500 off', 'a_b', 'acb', 'c\\d', 'cd', 'c\\\\d']) lab.create('account', name)
  const names = (query: object) =>
    lab.engine
      .as('admin')
      .findRecords({ table: 'account', offset: 0, limit: 10, ...query })
      .rows.map(({ values }) => values.name)

  expect(names({ search })).toEqual(found)
  for (const operator of ['contains', 'beginsWith'])
    expect(names({ filters: [{ column: 'name', operator, value: search }] })).toEqual(found)
})

const loops: [table: string, attribute: string, code: string][] = [
  ['account', 'parentaccountid', '0x80040507'],
  ['contact', 'parentcustomerid', '0x8004050A'],
  ['task', 'parentid', '0x80040387'],
]
for (const [table, attribute, platformCode] of loops)
  test(`a row of ${table} cannot come to sit below itself, next to it or far above [RC2]`, () => {
    const lab = openLab(MODEL).rows({ [table]: { X: {}, Y: { [attribute]: 'X' }, Z: { [attribute]: 'Y' }, W: {} } })
    const before = lab.everything()

    for (const parent of ['X', 'Y', 'Z'])
      expect(refusalOf(() => lab.update('X', { [attribute]: parent }))).toEqual({
        code: 'CASCADE_REFUSED',
        platformCode,
        details: { table, attribute },
      })

    expect(lab.everything()).toEqual(before)
    lab.update('X', { [attribute]: 'W' })
    expect(lab.read('X', attribute)).toEqual({ [attribute]: 'W' })
  })

test('a state brings the default status reason that the model states, for new, changed and loaded rows [RC3]', () => {
  const lab = openLab({
    tables: {
      ship: {
        states: [
          { value: 0, label: 'Active', defaultStatus: 710 },
          { value: 1, label: 'Inactive', defaultStatus: 810 },
        ],
        statuses: [
          { value: 700, label: 'At sea', state: 0 },
          { value: 710, label: 'In port', state: 0 },
          { value: 800, label: 'Scrapped', state: 1 },
          { value: 810, label: 'Sold', state: 1 },
        ],
      },
    },
    relationships: [],
  })

  lab.create('ship', 'S', {})
  lab.rows({ ship: { L: { statecode: 1 } } })

  expect(lab.read('S', 'statecode', 'statuscode')).toEqual({ statecode: 0, statuscode: 710 })
  expect(lab.read('L', 'statecode', 'statuscode')).toEqual({ statecode: 1, statuscode: 810 })
  lab.update('S', { statecode: 1 })
  expect(lab.read('S', 'statecode', 'statuscode')).toEqual({ statecode: 1, statuscode: 810 })
})

test('a change of state brings the first status reason that belongs to it [RC3]', () => {
  const lab = openLab(MODEL).rows({ task: { T: {} }, account: { A: {} } })

  lab.update('T', { statecode: 1 })
  expect(lab.read('T', 'statecode', 'statuscode')).toEqual({ statecode: 1, statuscode: 5 })
  lab.update('T', { statecode: 1, statuscode: 6 })
  expect(lab.read('T', 'statecode', 'statuscode')).toEqual({ statecode: 1, statuscode: 6 })
  lab.update('T', { name: 'T' })
  expect(lab.read('T', 'statecode', 'statuscode')).toEqual({ statecode: 1, statuscode: 6 })
  lab.update('A', { statecode: 1 })
  expect(lab.read('A', 'statecode', 'statuscode')).toEqual({ statecode: 1, statuscode: 2 })
})

test('what the platform keeps itself cannot be set by hand [RC4]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })

  for (const column of ['createdon', 'createdby', 'modifiedon', 'modifiedby', 'merged', 'masterid']) {
    const error = { code: 'INPUT_INVALID', platformCode: null, details: { table: 'account', column } }
    expect(
      refusalOf(() => lab.engine.as('admin').updateRecord(lab.refOf('A'), { [column]: null })),
      column,
    ).toEqual(error)
    expect(
      refusalOf(() => lab.engine.as('admin').createRecord('account', { [column]: null })),
      column,
    ).toEqual(error)
  }
  for (const given of [null, lab.refOf('north')])
    for (const change of [
      () => lab.engine.as('admin').createRecord('account', { owningbusinessunit: given }),
      () => lab.sync({ operation: 'Assign', record: lab.refOf('A'), to: null, businessUnit: lab.refOf('north') }),
    ])
      expect(refusalOf(change)).toMatchObject({ code: 'INPUT_INVALID', details: { column: 'owningbusinessunit' } })
  expect(refusalOf(() => lab.engine.as('admin').updateRecord(lab.refOf('A'), { accountid: NOBODY }))).toMatchObject({
    details: { column: 'accountid' },
  })
  expect(refusalOf(() => lab.engine.as('admin').updateRecord(lab.refOf('A'), { ownerid: 'bob' }))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { table: 'account', column: 'ownerid' },
  })
})

test('an update says when and by whom, and touches nothing else [RC4]', () => {
  const lab = openLab(MODEL).rows({ account: { A: { revenue: 1 } } })
  const { modifiedon: _on, modifiedby: _by, revenue: _revenue, ...kept } = lab.engine.as('admin').getRecord(lab.refOf('A')).values
  lab.nowMs += 1_000

  lab.update('A', { revenue: 2 }, 'bob')

  expect(lab.engine.as('admin').getRecord(lab.refOf('A')).values).toEqual({
    ...kept,
    revenue: 2,
    modifiedon: new Date(START_MS + 1_000).toISOString(),
    modifiedby: { ...lab.refOf('bob'), name: 'bob' },
  })
})

const misfits: [column: string, value: unknown][] = [
  ['revenue', 'much'],
  ['revenue', Number.NaN],
  ['size', 1.5],
  ['vip', 1],
  ['since', 'yesterday'],
  ['tags', 3],
  ['name', ['x']],
  ['statecode', '0'],
]
for (const [column, value] of misfits)
  test(`${JSON.stringify(value)} does not fit ${column}, and nothing is written [EF5]`, () => {
    const lab = openLab(MODEL).rows({ account: { A: {} } })
    const before = lab.everything()

    expect(refusalOf(() => lab.engine.as('admin').updateRecord(lab.refOf('A'), { name: 'B', [column]: value as string }))).toMatchObject({
      code: 'INPUT_INVALID',
      details: { table: 'account', column },
    })
    expect(refusalOf(() => lab.engine.as('admin').createRecord('account', { [column]: value as string }))).toMatchObject({
      code: 'INPUT_INVALID',
    })
    expect(lab.everything()).toEqual(before)
  })

test('unknown tables, columns, rows and callers are named [EF5]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })

  expect(refusalOf(() => lab.engine.as('admin').createRecord('shoe', {}))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { table: 'shoe' },
  })
  expect(refusalOf(() => lab.engine.as('admin').createRecord('account', { size2: 1 }))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { table: 'account', column: 'size2' },
  })
  expect(refusalOf(() => lab.engine.as('admin').getRecord({ table: 'account', id: NOBODY }))).toEqual({
    code: 'RECORD_NOT_FOUND',
    platformCode: '0x80040217',
    details: { table: 'account', id: NOBODY },
  })
  expect(refusalOf(() => lab.engine.as('admin').getRecord({ table: 'account', id: 'A' }))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { id: 'A' },
  })
  expect(refusalOf(() => lab.engine.as('nobody').createRecord('account', {}))).toMatchObject({
    code: 'INPUT_INVALID',
    details: { caller: 'nobody' },
  })
  expect(refusalOf(() => lab.engine.as('dora').createRecord('account', {}))).toMatchObject({ platformCode: '0x80040225' })
})

test('a bulk load is kept as a whole or not at all [EF5]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })
  const before = lab.everything()

  const loader = lab.engine.as('admin').load()
  const row = loader.insert('account', '00000000-0000-0000-0000-00000000b001', { name: 'B' })
  loader.insert('contact', '00000000-0000-0000-0000-00000000b002', { name: 'C', parentcustomerid: { table: 'account', row } })
  loader.rollback()

  expect(lab.everything()).toEqual(before)
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('a status reason of another state is refused, with the state of the row or the one that is written [RC8]', () => {
  const statuses = [
    { value: 1, label: 'Open', state: 0 },
    { value: 2, label: 'Done', state: 1 },
    { value: 3, label: 'Anywhere' },
  ]
  const lab = openLab({ tables: { account: { statuses } }, relationships: [] }).rows({ account: { A: {}, B: { statecode: 1 } } })
  const wrong = { code: 'INPUT_INVALID', platformCode: '0x80048408' }

  expect(refusalOf(() => lab.update('A', { statuscode: 2 }))).toMatchObject(wrong)
  expect(refusalOf(() => lab.update('A', { statecode: 1, statuscode: 1 }))).toMatchObject(wrong)
  expect(refusalOf(() => lab.create('account', 'C', { statuscode: 2 }))).toMatchObject(wrong)

  lab.update('B', { statuscode: 2 })
  lab.update('A', { statuscode: 3 })
  lab.update('B', { statecode: 0, statuscode: 1 })
  expect(lab.column('account', 'statuscode')).toEqual({ A: 3, B: 1 })
})
