import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccessRight, Depth, TablePrivilege } from '#engine/contract/security'
import { ACCESS_RIGHTS, DEPTHS, TABLE_PRIVILEGES } from '#engine/contract/security'
import { Lab } from '../support/engine.ts'
import { NaiveAccess, type NaiveWorld } from '../support/naive-access.ts'

const MODEL = {
  tables: { account: {}, contact: {}, task: {} },
  relationships: [
    'account > contact.accountid Assign=Cascade Delete=Cascade Reparent=Cascade Share=Cascade Unshare=Cascade',
    'contact > task.contactid Assign=Cascade Delete=Cascade Reparent=Cascade Share=Active Unshare=Cascade',
  ],
}

const TABLES = ['account', 'contact', 'task'] as const
const USERS = 4

const depths = fc.constantFrom<Depth>(...DEPTHS)
const role = fc.record({
  account: fc.dictionary(fc.constantFrom<TablePrivilege>(...TABLE_PRIVILEGES), depths),
  '*': fc.dictionary(fc.constantFrom<TablePrivilege>(...TABLE_PRIVILEGES), depths),
})

const world = fc.record({
  /** The parent of each unit but the first, among those before. */
  unitParents: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
  roles: fc.array(role, { minLength: 1, maxLength: 3 }),
  users: fc.array(fc.record({ unit: fc.nat(3), roles: fc.array(fc.nat(2), { maxLength: 2 }) }), { minLength: USERS, maxLength: USERS }),
  team: fc.record({
    unit: fc.nat(3),
    members: fc.array(fc.nat(USERS - 1), { maxLength: 3 }),
    roles: fc.array(fc.nat(2), { maxLength: 2 }),
  }),
})

const rights = fc.subarray<AccessRight>([...ACCESS_RIGHTS], { minLength: 1 })
const pick = fc.nat(20)
const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), parent: pick, owner: pick, isClosed: fc.boolean() }) },
  fc.record({ kind: fc.constant('share' as const), record: pick, principal: pick, rights }),
  fc.record({ kind: fc.constant('modify' as const), record: pick, principal: pick, rights }),
  fc.record({ kind: fc.constant('unshare' as const), record: pick, principal: pick }),
  fc.record({ kind: fc.constant('reparent' as const), record: pick, parent: pick }),
  fc.record({ kind: fc.constant('assign' as const), record: pick, owner: pick }),
  fc.record({ kind: fc.constant('delete' as const), record: pick }),
)

test('access and shares agree with a naive model, whatever is done [SC4, SH1, SH2, SH3, RP1, RP2, RP3]', () => {
  fc.assert(
    fc.property(world, fc.array(operation, { minLength: 4, maxLength: 16 }), (given, operations) => {
      const lab = new Lab(MODEL)
      const { engine } = lab
      const naive = new NaiveAccess(setUp(lab, given))
      for (const each of operations) perform(lab, naive, each)

      for (const record of naive.records.values()) {
        const ref = { table: record.table, id: record.id }
        const shares = engine.sharesOf(ref).map(({ principal, ...share }) => ({ principal: principal.id, ...share }))
        expect(sorted(shares)).toEqual(sorted(naive.sharesOf(record)))
        for (const { id } of naive.world.users) {
          const granted = engine.explainAccess(id, ref).rights.filter(({ isGranted }) => isGranted)
          expect(granted.map(({ right }) => right)).toEqual(naive.rightsTo(id, record))
          for (const { sources } of granted) expect(sources.length).toBeGreaterThan(0)
        }
      }
      for (const { id } of naive.world.users)
        for (const table of TABLES) {
          const found = engine.as(id).findRecords({ table, offset: 0, limit: 100 })
          expect(found.rows.map((row) => row.id).sort()).toEqual(naive.readable(id, table))
          expect(found.total).toBe(found.rows.length)
        }
    }),
    { numRuns: 40 },
  )
})

const sorted = (shares: { principal: string }[]) => shares.toSorted((a, b) => (a.principal < b.principal ? -1 : 1))

type Given = typeof world extends fc.Arbitrary<infer T> ? T : never
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** Makes the environment, and says what is in it. */
function setUp({ engine }: Lab, given: Given): NaiveWorld {
  const root = engine.as('admin').findRecords({ table: 'businessunit', offset: 0, limit: 1 }).rows[0]?.id ?? ''
  const units = [{ id: root, parent: null as string | null }]
  for (const [index, parent] of given.unitParents.entries()) {
    const above = units[parent % units.length]?.id ?? root
    units.push({ id: engine.createUnit({ name: `unit ${index}`, parent: above }).id, parent: above })
  }
  const roles = given.roles.map((tables, index) => ({ name: `role ${index}`, tables, others: [] }))
  for (const each of roles) engine.saveRole(each)
  const unitOf = (index: number) => units[index % units.length]?.id ?? root
  const rolesOf = (indexes: number[]) => [...new Set(indexes.map((index) => roles[index % roles.length]?.name ?? ''))]
  const users = given.users.map(({ unit, roles: held }, index) => {
    const made = { unit: unitOf(unit), roles: rolesOf(held) }
    return { ...made, id: engine.createUser({ name: `user ${index}`, businessUnit: made.unit, roles: made.roles }).id }
  })
  const members = given.team.members.map((index) => users[index]?.id ?? '')
  const team = { unit: unitOf(given.team.unit), roles: rolesOf(given.team.roles) }
  const id = engine.createTeam({ name: 'team', kind: 'Owner', businessUnit: team.unit, members, roles: team.roles }).id
  return { units, roles, users, team: { ...team, id, members } }
}

/** Does one thing in both, as the administrator. What either refuses changes nothing in the other. */
function perform(lab: Lab, naive: NaiveAccess, operation: Operation): void {
  const all = [...naive.records.values()]
  const of = (index: number) => all[index % Math.max(1, all.length)]
  const principals = [...naive.world.users.map(({ id }) => ({ table: 'systemuser', id })), { table: 'team', id: naive.world.team.id }]
  const principalAt = (index: number) => principals[index % principals.length] ?? { table: 'systemuser', id: '' }
  const admin = lab.engine.as('admin')
  switch (operation.kind) {
    case 'create': {
      const parent = of(operation.parent)
      const table = parent && parent.table !== 'task' ? (parent.table === 'account' ? 'contact' : 'task') : 'account'
      const owner = principalAt(operation.owner)
      const above = parent && table !== 'account' ? parent : undefined
      const lookup = above ? { [table === 'contact' ? 'accountid' : 'contactid']: { table: above.table, id: above.id } } : {}
      if (!naive.canOwn(owner.id, [table])) return
      const state = operation.isClosed ? { statecode: 1 } : {}
      const { id } = admin.createRecord(table, { ...lookup, ownerid: owner, ...state })
      naive.create({ table, id, owner: owner.id, parent: above?.id ?? null, isActive: !operation.isClosed })
      return
    }
    case 'share':
    case 'modify': {
      const record = of(operation.record)
      const principal = principalAt(operation.principal)
      if (!record || record.owner === principal.id) return
      const kind = operation.kind === 'share' ? 'Share' : 'ModifyAccess'
      lab.sync({ operation: kind, record: { table: record.table, id: record.id }, with: principal, rights: operation.rights })
      naive[operation.kind](record, principal.id, operation.rights)
      return
    }
    case 'unshare': {
      const record = of(operation.record)
      const principal = principalAt(operation.principal)
      if (!record) return
      lab.sync({ operation: 'Unshare', record: { table: record.table, id: record.id }, with: principal })
      naive.unshare(record, principal.id)
      return
    }
    case 'reparent': {
      const record = of(operation.record)
      const wanted = all.filter(({ table }) => table === (record?.table === 'task' ? 'contact' : 'account'))
      const parent = wanted[operation.parent % Math.max(1, wanted.length)]
      if (!record || record.table === 'account' || !parent) return
      const column = record.table === 'contact' ? 'accountid' : 'contactid'
      admin.updateRecord({ table: record.table, id: record.id }, { [column]: { table: parent.table, id: parent.id } })
      naive.reparent(record, parent.id)
      return
    }
    case 'assign': {
      const record = of(operation.record)
      const owner = principalAt(operation.owner)
      if (!record || record.owner === owner.id || !naive.canOwn(owner.id, naive.tablesBelow(record))) return
      lab.sync({ operation: 'Assign', record: { table: record.table, id: record.id }, to: owner })
      naive.assign(record, owner.id)
      return
    }
    case 'delete': {
      const record = of(operation.record)
      if (!record) return
      lab.sync({ operation: 'Delete', record: { table: record.table, id: record.id } })
      naive.delete(record)
    }
  }
}
