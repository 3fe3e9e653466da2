import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import type { Depth, TablePrivilege } from '#engine/contract/security'
import { ACCESS_RIGHTS, DEPTHS, TABLE_PRIVILEGES } from '#engine/contract/security'
import { bootstrap } from '#engine/store/bootstrap'
import { Connection } from '#engine/store/connection'
import { security } from '#engine/store/migrations/0010-security'
import { MIGRATIONS } from '#engine/store/migrations/index'
import { countedIds, Lab, refusalOf, START_MS, temporaryFolder } from '../../support/engine.ts'

const open = () => {
  const lab = new Lab({ tables: { account: {} }, relationships: [] })
  const { engine } = lab
  const unit = (name: string, parent: string) => engine.createUnit({ name, parent }).id
  const emea = unit('emea', lab.refOf('root').id)
  const dach = unit('dach', emea)
  const apac = unit('apac', lab.refOf('root').id)
  engine.saveRole({ name: 'Nothing', tables: {}, others: [] })
  return { lab, engine, emea, dach, apac }
}

/** How many depths must be passed to reach a record: 1 for Basic, 4 for Global. */
const DISTANCES = { own: 1, 'same unit': 2, 'child unit': 3, 'other unit': 4 } as const

describe.each(['user', 'team'] as const)('a role of a %s', (holder) => {
  test.each(DEPTHS.map((depth, level) => [depth, level] as const))(
    'with the depth %s reaches as far as that [SC4, SC5]',
    (depth, level) => {
      const { engine, emea, dach, apac } = open()
      engine.saveRole({ name: 'Tested', tables: { account: everyPrivilege(depth) }, others: [] })
      engine.saveRole({ name: 'Reader', tables: { account: { Read: 'Basic' } }, others: [] })
      const owner = (name: string, businessUnit: string) => engine.createUser({ name, businessUnit, roles: ['Reader'] }).id
      const user = engine.createUser({ name: 'tester', businessUnit: emea, roles: holder === 'user' ? ['Tested'] : [] }).id
      if (holder === 'team') engine.createTeam({ name: 'testers', kind: 'Owner', businessUnit: emea, members: [user], roles: ['Tested'] })
      const owners = {
        own: user,
        'same unit': owner('colleague', emea),
        'child unit': owner('below', dach),
        'other unit': owner('far', apac),
      }
      if (depth === 'None') engine.changeUser(user, { roles: holder === 'user' ? ['Tested'] : [] })

      for (const [distance, of] of Object.entries(owners) as [keyof typeof DISTANCES, string][]) {
        const reached = level >= DISTANCES[distance]
        const loader = engine.as('admin').load()
        const id = `00000000-0000-7000-9000-00000000000${DISTANCES[distance]}`
        const row = loader.find('systemuser', of) ?? 0
        loader.insert('account', id, { ownerid: { table: 'systemuser', row } })
        loader.commit()
        const record = { table: 'account', id }

        const granted = engine.explainAccess(user, record).rights.filter(({ isGranted }) => isGranted)

        expect(granted.map(({ right }) => right)).toEqual(reached ? ACCESS_RIGHTS : [])
        const creates = () => engine.as(user).createRecord('account', { ownerid: { table: 'systemuser', id: of } })
        expect(reached ? creates().table : refusalOf(creates).platformCode).toBe(
          reached ? 'account' : level === 0 ? '0x80040220' : '0x80048306',
        )
      }
    },
  )
})

const everyPrivilege = (depth: Depth): Partial<Record<TablePrivilege, Depth>> =>
  Object.fromEntries(TABLE_PRIVILEGES.map((privilege) => [privilege, depth]))

test('a user is made as System Administrator until there is another role [SC1]', () => {
  const lab = new Lab({ tables: { account: {} }, relationships: [] })
  const { engine } = lab
  const first = engine.createUser({ name: 'first' }).id
  engine.saveRole({ name: 'Reader', tables: { account: { Read: 'Global' } }, others: [] })
  const second = engine.createUser({ name: 'second' }).id

  expect(engine.as(first).createRecord('account', { name: 'A' }).table).toBe('account')
  expect(refusalOf(() => engine.as(second).createRecord('account', { name: 'B' })).platformCode).toBe('0x80040220')
})

/** A file of the format before roles, with a user besides the administrator in a business unit besides the root. */
function fileWithoutRoles(): string {
  const path = join(temporaryFolder(), 'before-roles.cascade')
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma(`application_id = ${0x43617363}`)
  for (const migration of MIGRATIONS.slice(0, MIGRATIONS.indexOf(security))) db.exec(migration)
  bootstrap(new Connection(db), START_MS, countedIds())
  db.exec(`
    INSERT INTO businessunit (_row, businessunitid, name, parentbusinessunitid, isdisabled, statecode, statuscode, createdon, createdby, modifiedon, modifiedby)
    VALUES (3, x'00000000000070009000000000000003', 'north', 1, 0, 0, 1, 0, 2, 0, 2);
    INSERT INTO systemuser (_row, systemuserid, fullname, businessunitid, isdisabled, statecode, statuscode, createdon, createdby, modifiedon, modifiedby)
    VALUES (4, x'00000000000070009000000000000004', 'nora', 3, 0, 0, 1, 0, 2, 0, 2);
    UPDATE _counter SET value = 5 WHERE name = 'next_row'`)
  db.pragma(`user_version = ${MIGRATIONS.indexOf(security)}`)
  db.close()
  return path
}

test('everybody of an environment of an older version is System Administrator, and its units get default teams [SC1, SC2]', () => {
  const engine = openEngine({ path: fileWithoutRoles(), now: () => START_MS, newId: countedIds(), mode: 'open' })
  onTestFinished(() => engine.close())

  const nora = engine.getUser('nora').id
  const access = engine.explainAccess('nora', { table: 'systemuser', id: nora })
  expect(access.rights.filter(({ isGranted }) => isGranted).map(({ right }) => right)).toContain('Delete')
  const teams = engine.as('admin').findRecords({ table: 'team', offset: 0, limit: 10 }).rows
  expect(teams.map(({ values }) => values.name)).toEqual(['root', 'north'])
  const north = teams.find(({ values }) => values.name === 'north')?.id ?? ''
  expect(refusalOf(() => engine.changeTeam(north, { members: [] })).platformCode).toBe('0x8004830C')
  expect(engine.checkIntegrity()).toEqual([])
})

test('what a user may not read is in no list and no count, and cannot be opened [SC10]', () => {
  const { lab, engine, emea } = open()
  engine.saveRole({ name: 'Reader', tables: { account: { Read: 'Basic' } }, others: [] })
  const anna = engine.createUser({ name: 'anna', businessUnit: emea, roles: ['Reader'] }).id
  lab.rows({ account: { A: { ownerid: 'bob' }, B: { ownerid: 'bob' } } })
  engine.as('admin').load().rollback()
  const own = engine.as('admin').createRecord('account', { name: 'C', ownerid: { table: 'systemuser', id: anna } })

  const page = engine.as(anna).findRecords({ table: 'account', offset: 0, limit: 10 })

  expect(page).toMatchObject({ rows: [{ id: own.id }], total: 1, exact: true })
  expect(engine.as(anna).countRecords('account')).toBe(1)
  expect(engine.as(anna).getRecord(own).values.name).toBe('C')
  expect(refusalOf(() => engine.as(anna).getRecord(lab.refOf('A')))).toMatchObject({
    platformCode: '0x80048306',
    details: { right: 'Read', table: 'account', neededDepth: 'Global', owningBusinessUnit: lab.refOf('root').id },
  })
})

test('rights are read again after another connection has changed them [SC4]', () => {
  const { lab, engine, emea } = open()
  engine.saveRole({ name: 'Reader', tables: { account: { Read: 'Global' } }, others: [] })
  const anna = engine.createUser({ name: 'anna', businessUnit: emea, roles: ['Reader'] }).id
  const record = lab.create('account', 'A')
  const other = lab.another()
  expect(engine.as(anna).countRecords('account')).toBe(1)

  other.changeUser(anna, { roles: [] })

  expect(engine.as(anna).countRecords('account')).toBe(0)
  expect(refusalOf(() => engine.as(anna).getRecord(record)).platformCode).toBe('0x80040220')
})

test('a default team goes with its business unit, and keeps it from going no more than it keeps itself [SC2]', () => {
  const { lab, engine } = open()
  const gone = engine.createUnit({ name: 'gone' })
  const count = engine.as('admin').countRecords('team')

  lab.sync({ operation: 'Delete', record: gone })

  expect(engine.as('admin').countRecords('team')).toBe(count - 1)
  expect(engine.checkIntegrity()).toEqual([])
})

test('an explanation names each source of a right, or what is missing [SC19]', () => {
  const { lab, engine, emea } = open()
  engine.saveRole({ name: 'Reader', tables: { account: { Read: 'Deep', Write: 'Basic' } }, others: [] })
  const anna = engine.createUser({ name: 'anna', businessUnit: emea, roles: ['Reader'] }).id
  const own = engine.as('admin').createRecord('account', { ownerid: { table: 'systemuser', id: anna } })
  const other = lab.create('account', 'A')

  const [read, write, remove] = engine.explainAccess(anna, own).rights
  expect(read?.sources).toEqual([
    {
      origin: 'Owner',
      through: { table: 'systemuser', id: anna, name: 'anna' },
      role: { name: 'Reader', depth: 'Deep', businessUnit: 'emea' },
    },
    {
      origin: 'Role',
      through: { table: 'systemuser', id: anna, name: 'anna' },
      role: { name: 'Reader', depth: 'Deep', businessUnit: 'emea' },
    },
  ])
  expect(write?.sources.map(({ origin }) => origin)).toEqual(['Owner'])
  expect(remove).toMatchObject({ isGranted: false, missing: { key: 'security.missingPrivilege' }, neededDepth: 'Basic' })
  expect(engine.explainAccess('anna', other)).toMatchObject({ origin: null, businessUnit: 'root', owner: 'admin' })
  expect(engine.explainAccess('anna', other).rights[0]).toMatchObject({ missing: { key: 'security.missingReach' }, neededDepth: 'Global' })
})

test('an engine opens with what was set up before [SC3]', () => {
  const { lab, engine } = open()
  const tables = { account: { Read: 'Local' }, '*': { Read: 'Global' } } as const
  engine.saveRole({ name: 'Reader', tables, others: ['prvMerge'] })

  const again = openEngine({ path: lab.path, now: () => lab.nowMs, newId: () => '', mode: 'open' })

  expect(again.rolePrivileges('reader')).toEqual({ tables, others: ['prvMerge'] })
  expect(again.findRoles().map(({ name }) => name)).toEqual(['System Administrator', 'Nothing', 'Reader'])
  again.close()
})
