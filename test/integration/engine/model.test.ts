import { expect, test } from 'vitest'
import type { LabModel } from '../../support/engine.ts'
import { modelOf, openLab, refusalOf } from '../../support/engine.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, site: { ownership: 'OrganizationOwned', columns: { area: 'Integer' } } },
  relationships: ['account > contact.customerid Assign=Cascade Delete=Cascade Merge=Cascade', 'account > site.accountid Delete=RemoveLink'],
}
const openSmall = () => openLab(MODEL).rows({ account: { A: {} }, contact: { C: { customerid: 'A' } }, site: { S: { area: 7 } } })

test('every table has its id, state, status reason, creation and modification [MO1]', () => {
  const lab = openSmall()
  const columnsOf = (table: string) => lab.engine.table(table).columns.map(({ logicalName, type }) => `${logicalName} ${type}`)
  const standard = [
    'statecode State',
    'statuscode Status',
    'createdon DateTime',
    'createdby Lookup',
    'modifiedon DateTime',
    'modifiedby Lookup',
  ]

  expect(columnsOf('site').sort()).toEqual(
    ['siteid Uniqueidentifier', 'name String', 'accountid Lookup', 'area Integer', ...standard].sort(),
  )
  expect(columnsOf('contact').sort()).toEqual(
    [
      'contactid Uniqueidentifier',
      'name String',
      'customerid Lookup',
      'ownerid Owner',
      'owningbusinessunit Lookup',
      'merged Boolean',
      'masterid Lookup',
      ...standard,
    ].sort(),
  )
})

test('a new column, table and relationship leave every record as it was [MO2]', () => {
  const lab = openSmall()
  const before = ['account', 'contact', 'site'].map((table) => lab.engine.as('admin').findRecords({ table, offset: 0, limit: 10 }).rows)

  const changes = lab.engine.applyModel(
    modelOf({
      tables: { site: { ownership: 'OrganizationOwned', columns: { area: 'Integer', height: 'Integer' } }, floor: {}, account: {} },
      relationships: ['site > floor.siteid Delete=Cascade', 'site > account.siteid'],
    }),
  )

  const after = ['account', 'contact', 'site'].map((table) => lab.engine.as('admin').findRecords({ table, offset: 0, limit: 10 }).rows)
  expect(
    changes
      .filter(({ kind }) => kind === 'added')
      .map(({ subject, name }) => `${subject} ${name}`)
      .sort(),
  ).toEqual(
    [
      'column account.siteid',
      'column site.height',
      'relationship site_account_siteid',
      'relationship site_floor_siteid',
      'table floor',
    ].sort(),
  )
  expect(after).toEqual(
    before.map((rows) =>
      rows.map((row) => ({
        ...row,
        values: { ...row.values, ...({ account: { siteid: null }, site: { height: null } } as Record<string, object>)[row.table] },
      })),
    ),
  )
  lab.rows({ floor: { F: { siteid: 'S' } } })
  expect(lab.planned(lab.delete('S'))).toEqual({ delete: ['S', 'F'] })
})

test.each([
  ['comes after the table with the lookup', 'zone'],
  ['comes before it', 'aisle'],
])('a lookup that exists takes a second target that is a new table, which %s [MO2, MO3]', (_case, target) => {
  const lab = openSmall()

  lab.engine.applyModel(
    modelOf({ tables: { contact: {}, [target]: {} }, relationships: [`${target} > contact.customerid Delete=Cascade`] }),
  )

  lab.rows({ [target]: { Z: {} }, contact: { D: { customerid: 'Z' } } })
  expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'C'] })
  expect(lab.planned(lab.delete('Z'))).toEqual({ delete: ['Z', 'D'] })
})

test('what a column held stays where a later model does not name it [MO2]', () => {
  const lab = openSmall()

  lab.engine.applyModel(modelOf({ tables: { site: { ownership: 'OrganizationOwned' } }, relationships: [] }))

  expect(lab.read('S', 'area')).toEqual({ area: 7 })
})

test('the same model once more changes nothing [MO2]', () => {
  const lab = openSmall()
  const before = lab.everything()

  expect(lab.engine.applyModel(modelOf(MODEL))).toEqual([])
  expect(lab.everything()).toEqual(before)
})

test('a model that names a table nobody defines is refused, and leaves no trace [MO2, EF5]', () => {
  const lab = openSmall()
  const before = lab.everything()

  expect(refusalOf(() => lab.engine.applyModel(modelOf({ tables: { floor: {} }, relationships: ['tower > floor.towerid'] })))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { schemaName: 'tower_floor_towerid', table: 'tower' },
  })
  for (const name of ['Floor', '1floor', 'a b', 'x"; DROP TABLE account; --', '_setting', 'sqlite_floor'])
    expect(
      refusalOf(() => lab.engine.applyModel(modelOf({ tables: { [name]: {} }, relationships: [] }))),
      name,
    ).toMatchObject({ code: 'INPUT_INVALID' })
  expect(lab.everything()).toEqual(before)
})

test('another connection works with the new model at once [MO2]', () => {
  const lab = openSmall()
  const other = lab.another()
  other.as('admin').findRecords({ table: 'site', offset: 0, limit: 1 })

  lab.engine.applyModel(
    modelOf({ tables: { site: { ownership: 'OrganizationOwned', columns: { height: 'Integer' } } }, relationships: [] }),
  )
  const made = other.as('admin').createRecord('site', { height: 3, area: 1 })

  expect(lab.engine.as('admin').getRecord(made).values).toMatchObject({ height: 3, area: 1 })
})

test('a lookup that becomes polymorphic keeps its values, and each says which table it lies in [MO3, MO2]', () => {
  const lab = openSmall()

  lab.engine.applyModel(modelOf({ tables: { contact: {} }, relationships: ['contact > contact.customerid Delete=RemoveLink'] }))
  lab.create('contact', 'C2', { customerid: 'C' })

  expect(lab.engine.as('admin').getRecord(lab.refOf('C')).values.customerid).toEqual({ ...lab.refOf('A'), name: 'A' })
  expect(lab.engine.as('admin').getRecord(lab.refOf('C2')).values.customerid).toEqual({ ...lab.refOf('C'), name: 'C' })
  expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'C'], unlink: ['C2'] })
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('the value of a polymorphic lookup says which relationship applies [MO3]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, task: {} },
    relationships: [
      'account > task.regardingid Assign=Cascade Delete=Restrict',
      'contact > task.regardingid Assign=NoCascade Delete=Cascade',
    ],
  }).rows({ account: { A: {} }, contact: { C: {} }, task: { T1: { regardingid: 'A' }, T2: { regardingid: 'C' } } })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'T1'] })
  expect(lab.planned(lab.assign('C', 'bob'))).toEqual({ assign: ['C'] })
  expect(lab.sync(lab.delete('C'))).toBe(2)
  expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({ platformCode: '0x80040227' })
  lab.update('T1', { regardingid: null })
  expect(lab.sync(lab.delete('A'))).toBe(1)
})

test('changed cascades hold from then on, also for a lookup that had no index [MO4]', () => {
  const lab = openLab({ tables: { account: {}, task: {} }, relationships: ['account > task.accountid'] })
  lab.rows({ account: { A: {} }, task: { T: { accountid: 'A' } } })
  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A'] })

  const changed = lab.engine.changeRelationship('account_task_accountid', { Assign: 'Cascade', Delete: 'Restrict' })

  expect(changed.cascade).toMatchObject({ Assign: 'Cascade', Delete: 'Restrict', Merge: 'NoCascade' })
  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'T'] })
  expect(lab.plan(lab.delete('A')).blockedCount).toBe(1)
  expect(
    lab
      .reopen()
      .model()
      .relationships.find(({ schemaName }) => schemaName === 'account_task_accountid'),
  ).toEqual(changed)
})

const broken: [rule: string, code: string, relationship: string, cascade: object][] = [
  ['DR1', '0x80048204', 'account_contact_customerid', { Assign: 'RemoveLink' }],
  ['DR1', '0x80048204', 'account_contact_customerid', { Delete: 'NoCascade' }],
  ['DR2', '0x80048204', 'site_floor_siteid', { Merge: 'Cascade' }],
  ['DR3', '0x80044156', 'account_site_accountid', { Share: 'UserOwned' }],
  ['DR4', '0x80048107', 'account_site_accountid', { Reparent: 'Cascade' }],
  ['DR6', '0x80047102', 'lab_plan_contact_planid', { Delete: 'Cascade' }],
  ['DR7', '0x80047007', 'account_contact_otherid', { Assign: 'Active' }],
  ['DR8', '0x80047004', 'contact_account_contactid', { Assign: 'Cascade' }],
]
for (const [rule, platformCode, relationship, cascade] of broken)
  test(`${relationship} cannot become ${JSON.stringify(cascade)}, and stays as it is [MO4, ${rule}]`, () => {
    const lab = openLab({
      tables: {
        account: {},
        contact: {},
        lab_plan: {},
        floor: { ownership: 'OrganizationOwned' },
        site: { ownership: 'OrganizationOwned' },
      },
      relationships: [
        'account > contact.customerid Assign=Cascade Delete=Cascade Merge=Cascade',
        'account > contact.otherid Delete=RemoveLink Merge=Cascade',
        'contact > account.contactid Delete=RemoveLink Merge=Cascade',
        'account > site.accountid Delete=RemoveLink Merge=Cascade',
        'site > floor.siteid Delete=RemoveLink',
        'lab_plan > contact.planid Delete=RemoveLink',
      ],
    })
    const before = lab.engine.model()

    const refused = refusalOf(() => lab.engine.changeRelationship(relationship, cascade))

    expect(refused).toMatchObject({ code: 'MODEL_INVALID', platformCode, details: { relationship, rule } })
    expect(lab.engine.model()).toEqual(before)
  })

test('what was broken before does not stand in the way [MO4]', () => {
  const lab = openLab({ tables: { account: {}, note: {} }, relationships: ['account > note.accountid'] })

  expect(lab.engine.changeRelationship('account_note_accountid', { Assign: 'Cascade' }).cascade).toMatchObject({
    Delete: 'NoCascade',
    Assign: 'Cascade',
  })
})

test('a relationship that is not there is named [MO4]', () => {
  expect(refusalOf(() => openSmall().engine.changeRelationship('shoes', {}))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { schemaName: 'shoes' },
  })
})

test('owner relationships are kept and shown, and no cascade travels them [MO5]', () => {
  const lab = openSmall()
  const ends = [
    ['owner', 'ownerid'],
    ['systemuser', 'owninguser'],
    ['team', 'owningteam'],
    ['businessunit', 'owningbusinessunit'],
  ] as const
  const [sample] = modelOf({ tables: {}, relationships: ['systemuser > account.x Assign=Cascade Delete=Cascade'] }).relationships
  if (!sample) throw new Error('no sample')
  const owners = ends.map(([referenced, attribute]) => ({
    ...sample,
    schemaName: `${referenced}_accounts`,
    referenced,
    attribute,
    kind: 'ownership' as const,
  }))
  lab.engine.applyModel({ ...modelOf({ tables: { owner: { ownership: 'None' } }, relationships: [] }), relationships: owners })
  lab.rows({ account: { OfBob: { ownerid: 'bob' } } })

  expect(
    lab.engine
      .model()
      .relationships.filter(({ kind }) => kind === 'ownership')
      .map(({ schemaName, cascade }) => [schemaName, cascade.Delete]),
  ).toEqual(ends.map(([referenced]) => [`${referenced}_accounts`, 'Cascade']))
  expect(lab.planned(lab.delete('bob'))).toEqual({ delete: ['bob'] })
  expect(lab.planned(lab.delete('root'))).toEqual({ delete: ['root'] })
})
