import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import type { LabModel } from '../../support/engine.ts'
import { countedIds, openLab, refusalOf } from '../../support/engine.ts'

const TREE: LabModel = {
  tables: { account: {}, contact: {}, task: {} },
  relationships: [
    'account > contact.parentcustomerid Assign=Cascade Delete=Cascade',
    'contact > task.regardingobjectid Assign=Cascade Delete=Cascade',
    'account > task.otherid',
  ],
}

test('a cascade goes from the root down every relationship, and on from each child by its own [PL1]', () => {
  const lab = openLab(TREE).rows({
    account: { A: {}, B: {} },
    contact: { C1: { parentcustomerid: 'A' }, C2: { parentcustomerid: 'A' }, C3: { parentcustomerid: 'B' } },
    task: { T1: { regardingobjectid: 'C1' }, T2: { regardingobjectid: 'C3' }, T3: { otherid: 'A' }, T4: {} },
  })

  expect(lab.plan(lab.assign('A', 'bob'))).toMatchObject({
    affected: 4,
    byTable: { account: 1, contact: 2, task: 1 },
    levels: 3,
    groups: [
      { table: 'account', action: 'assign', relationship: null, behavior: null, count: 1 },
      { table: 'contact', action: 'assign', relationship: 'account_contact_parentcustomerid', behavior: 'Cascade', count: 2 },
      { table: 'task', action: 'assign', relationship: 'contact_task_regardingobjectid', behavior: 'Cascade', count: 1 },
    ],
  })
  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C1', 'C2', 'T1'] })
})

test('a page of a plan shows each row with its level, its parent and what changes [PL1]', () => {
  const lab = openLab(TREE).rows({ account: { A: { ownerid: 'alice' } }, contact: { C1: { parentcustomerid: 'A', ownerid: 'nora' } } })
  const { planId } = lab.plan(lab.assign('A', 'bob'))

  const page = lab.engine.as('admin').findPlanRows({ planId, table: 'contact', offset: 0, limit: 10 })

  const north = { ...lab.refOf('north'), name: 'north' }
  const root = { ...lab.refOf('root'), name: 'root' }
  expect(page).toEqual({
    total: 1,
    rows: [
      {
        position: 2,
        level: 1,
        action: 'assign',
        relationship: 'account_contact_parentcustomerid',
        record: { ...lab.refOf('C1'), name: 'C1' },
        parent: { ...lab.refOf('A'), name: 'A' },
        changes: [
          { column: 'ownerid', before: { ...lab.refOf('nora'), name: 'nora' }, after: { ...lab.refOf('bob'), name: 'bob' } },
          { column: 'owningbusinessunit', before: north, after: root },
        ],
      },
    ],
  })
})

test('a page of a plan begins and ends anywhere, also across groups [PL1]', () => {
  const lab = openLab(TREE).rows({
    account: { A: {} },
    contact: { C1: { parentcustomerid: 'A' }, C2: { parentcustomerid: 'A' } },
    task: { T1: { regardingobjectid: 'C1' }, T2: { regardingobjectid: 'C2' } },
  })
  const { planId } = lab.plan(lab.delete('A'))
  const page = (offset: number, limit: number, more = {}) => {
    const { rows, total } = lab.engine.as('admin').findPlanRows({ planId, offset, limit, ...more })
    return { labels: rows.map(({ record }) => record.name), total }
  }

  expect(page(0, 2)).toEqual({ labels: ['A', 'C1'], total: 5 })
  expect(page(2, 2)).toEqual({ labels: ['C2', 'T1'], total: 5 })
  expect(page(4, 10)).toEqual({ labels: ['T2'], total: 5 })
  expect(page(5, 10)).toEqual({ labels: [], total: 5 })
  expect(page(1, 10, { table: 'task' })).toEqual({ labels: ['T2'], total: 2 })
  expect(page(0, 10, { relationship: 'account_contact_parentcustomerid' })).toEqual({ labels: ['C1', 'C2'], total: 2 })
  expect(page(0, 10, { action: 'unlink' })).toEqual({ labels: [], total: 0 })
})

test('a record that several paths reach comes once, on the first level [PL2]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, task: {} },
    relationships: ['account > contact.a Assign=Cascade', 'contact > task.c Assign=Cascade', 'account > task.a Assign=Cascade'],
  }).rows({ account: { A: {} }, contact: { C: { a: 'A' } }, task: { T1: { c: 'C', a: 'A' }, T2: { c: 'C' } } })
  const { planId, affected } = lab.plan(lab.assign('A', 'bob'))

  const { rows } = lab.engine.as('admin').findPlanRows({ planId, offset: 0, limit: 10 })

  expect(affected).toBe(4)
  expect(rows.map(({ record, level, parent }) => [record.name, level, parent?.name ?? null])).toEqual([
    ['A', 0, null],
    ['C', 1, 'A'],
    ['T1', 1, 'A'],
    ['T2', 2, 'C'],
  ])
})

test('several lookups of one row to rows of the same cascade make it come once [PL2]', () => {
  const lab = openLab({
    tables: { account: {}, task: {} },
    relationships: [
      'account > account.parentid Delete=Cascade',
      'account > task.first Delete=Cascade',
      'account > task.second Delete=Cascade',
    ],
  }).rows({ account: { A: {}, B: { parentid: 'A' } }, task: { T1: { first: 'A', second: 'B' }, T2: { first: 'B', second: 'B' } } })

  expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'B', 'T1', 'T2'] })
})

test('two relationships of the same ends count a record once [PL2]', () => {
  const lab = openLab({ tables: { account: {}, task: {} }, relationships: ['account > task.parentid Delete=Cascade Assign=Cascade'] })
  const { relationships } = lab.engine.model()
  const twin = relationships.find(({ schemaName }) => schemaName === 'account_task_parentid')
  lab.engine.applyModel({ tables: [], relationships: twin ? [{ ...twin, schemaName: 'twin' }] : [], manyToMany: [] })
  lab.rows({ account: { A: {} }, task: { T: { parentid: 'A' } } })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'T'] })
})

test('a row that is its own parent comes once [PL3]', () => {
  const lab = openLab({ tables: { account: {} }, relationships: ['account > account.parentid Assign=Cascade Delete=Cascade'] })
  lab.rows({ account: { A: { parentid: 'A' }, B: { parentid: 'A' } } })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'B'] })
  expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'B'] })
})

test('a loop that the root is not part of ends as well [PL3]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {} },
    relationships: ['account > contact.accountid Assign=Cascade', 'contact > contact.parentid Assign=Cascade'],
  }).rows({ account: { A: {} }, contact: { C1: { accountid: 'A', parentid: 'C3' }, C2: { parentid: 'C1' }, C3: { parentid: 'C2' } } })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C1', 'C2', 'C3'] })
})

test('a loop through one polymorphic lookup ends [PL3]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {} },
    relationships: ['account > contact.customerid Assign=Cascade', 'contact > contact.customerid Assign=Cascade'],
  }).rows({ account: { A: {} }, contact: { C1: { customerid: 'C2' }, C2: { customerid: 'C1' }, C3: { customerid: 'A' } } })

  expect(lab.planned(lab.assign('C1', 'bob'))).toEqual({ assign: ['C1', 'C2'] })
  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C3'] })
})

const RING: LabModel = {
  tables: { account: {}, contact: {}, task: {} },
  relationships: [
    'account > contact.accountid Assign=Cascade Delete=Cascade',
    'contact > task.contactid Assign=Cascade Delete=Cascade',
    'task > account.taskid Assign=Cascade Delete=Cascade',
  ],
}

test('a ring of rows over three tables ends, wherever it is entered [PL3]', () => {
  const lab = openLab(RING).rows({
    account: { A: { taskid: 'T' }, B: { taskid: 'T' } },
    contact: { C: { accountid: 'A' } },
    task: { T: { contactid: 'C' } },
  })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C', 'T', 'B'] })
  expect(lab.planned(lab.delete('T'))).toEqual({ delete: ['T', 'A', 'B', 'C'] })
})

test('a chain of 5,000 rows has 5,000 levels [PL1, PL10]', () => {
  const lab = openLab({ tables: { account: {} }, relationships: ['account > account.parentid Assign=Cascade Delete=Cascade'] })
  const labels = Array.from({ length: 5_000 }, (_, index) => `A${index}`)
  lab.rows({ account: Object.fromEntries(labels.map((label, index) => [label, index === 0 ? {} : { parentid: `A${index - 1}` }])) })

  expect(lab.plan(lab.assign('A0', 'bob'))).toMatchObject({ affected: 5_000, levels: 5_000, mode: 'Async' })
  expect(lab.planned(lab.delete('A0'))).toEqual({ delete: labels })
})

test('a child that the type leaves out is left out with all below it [PL4]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, task: {} },
    relationships: ['account > contact.accountid Assign=Active', 'contact > task.contactid Assign=Cascade'],
  }).rows({
    account: { A: {} },
    contact: { C1: { accountid: 'A' }, C2: { accountid: 'A', statecode: 1 } },
    task: { T1: { contactid: 'C1' }, T2: { contactid: 'C2' } },
  })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C1', 'T1'] })
})

test('a child that one path leaves out still comes by another [PL4, PL2]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, task: {} },
    relationships: [
      'account > task.accountid Assign=Active',
      'account > contact.accountid Assign=Cascade',
      'contact > task.contactid Assign=Cascade',
    ],
  }).rows({ account: { A: {} }, contact: { C: { accountid: 'A' } }, task: { T: { accountid: 'A', contactid: 'C', statecode: 1 } } })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C', 'T'] })
})

test('Active takes the state that counts as active in each table, whatever the status reason [PL5]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, quote: {}, contract: {}, appointment: {} },
    relationships: ['contact', 'quote', 'contract', 'appointment'].map((child) => `account > ${child}.accountid Assign=Active`),
  })
  const each = (prefix: string) =>
    Object.fromEntries(
      [0, 1, 2, 3, 4].map((statecode) => [`${prefix}${statecode}`, { accountid: 'A', statecode, statuscode: 5 - statecode }]),
    )
  lab.rows({ account: { A: {} }, contact: each('C'), quote: each('Q'), contract: each('K'), appointment: each('P') })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C0', 'Q1', 'K2', 'P3'] })
})

test('the state of the root plays no part [PL5]', () => {
  const lab = openLab({ tables: { account: {}, contact: {} }, relationships: ['account > contact.accountid Assign=Active'] })
  lab.rows({ account: { A: { statecode: 1, statuscode: 2 } }, contact: { C: { accountid: 'A' } } })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C'] })
})

const USER_OWNED: LabModel = {
  tables: { account: {}, contact: {}, task: {} },
  relationships: ['account > contact.accountid Assign=UserOwned', 'contact > task.contactid Assign=UserOwned'],
}

test('a child of another owner is left out, with all below it [PL6, PL4]', () => {
  const lab = openLab(USER_OWNED).rows({
    account: { A: { ownerid: 'alice' } },
    contact: { C1: { accountid: 'A', ownerid: 'alice' }, C2: { accountid: 'A', ownerid: 'bob' } },
    task: {
      T1: { contactid: 'C1', ownerid: 'alice' },
      T2: { contactid: 'C1', ownerid: 'carol' },
      T3: { contactid: 'C2', ownerid: 'alice' },
    },
  })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C1', 'T1'] })
})

test('deeper down the owner is compared with that of the immediate parent before the action [PL6]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, task: {} },
    relationships: ['account > contact.accountid Assign=Cascade', 'contact > task.contactid Assign=UserOwned'],
  }).rows({
    account: { A: { ownerid: 'alice' } },
    contact: { C: { accountid: 'A', ownerid: 'carol' } },
    task: { T1: { contactid: 'C', ownerid: 'alice' }, T2: { contactid: 'C', ownerid: 'carol' }, T3: { contactid: 'C', ownerid: 'bob' } },
  })

  lab.sync(lab.assign('A', 'bob'))

  expect(lab.column('task', 'ownerid')).toEqual({ T1: 'alice', T2: 'bob', T3: 'bob' })
  expect(lab.planned(lab.assign('C', 'alice'))).toEqual({ assign: ['C', 'T2', 'T3'] })
})

test('a team owns as a user does [PL6]', () => {
  const lab = openLab(USER_OWNED).rows({
    account: { A: { ownerid: 'crew' } },
    contact: { C1: { accountid: 'A', ownerid: 'crew' }, C2: { accountid: 'A', ownerid: 'patrol' }, C3: { accountid: 'A' } },
  })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A', 'C1'] })
})

test('an assign passes by organization-owned rows with all below them, and says so [PL7]', () => {
  const lab = openLab({
    tables: { account: {}, site: { ownership: 'OrganizationOwned' }, task: {} },
    relationships: ['account > site.accountid Assign=Cascade Delete=Cascade', 'site > task.siteid Assign=Cascade Delete=Cascade'],
  }).rows({ account: { A: {} }, site: { S: { accountid: 'A' } }, task: { T: { siteid: 'S' } } })

  expect(lab.planned(lab.assign('A', 'bob'))).toEqual({ assign: ['A'] })
  expect(lab.plan(lab.assign('A', 'bob')).reasons.map(inEnglish)).toContain(
    'Rows of site are passed by: the table is organization-owned, its rows have no owner',
  )
  expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'S', 'T'] })
})

test('an organization-owned row cannot be assigned [PL7]', () => {
  const lab = openLab({ tables: { site: { ownership: 'OrganizationOwned' } }, relationships: [] }).rows({ site: { S: {} } })

  expect(refusalOf(() => lab.plan(lab.assign('S', 'bob')))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { table: 'site' },
  })
})

test('planning, looking at a plan and letting it go change nothing [PL8]', () => {
  const lab = openLab(RING).rows({ account: { A: {}, B: {} }, contact: { C: { accountid: 'A' } }, task: { T: { contactid: 'C' } } })
  const watcher = lab.another()
  const before = { everything: lab.everything(), of: watcher.as('admin').planCascade(lab.delete('A'), 'Sync') }

  for (const request of [lab.assign('A', 'bob'), lab.delete('A'), lab.merge('B', 'A')]) {
    const { planId } = lab.plan(request)
    lab.engine.as('admin').findPlanRows({ planId, offset: 0, limit: 100 })
    lab.engine.as('admin').describePlan(planId)
    lab.engine.as('admin').discardPlan(planId)
  }

  expect(lab.everything()).toEqual(before.everything)
  expect(watcher.as('admin').executeSync(before.of.planId).affected).toBe(3)
})

test('a plan that was let go, or made room for others, is said to be outdated [PL8]', () => {
  const lab = openLab(RING).rows({ account: { A: {} } })
  const { planId: discarded } = lab.plan(lab.delete('A'))
  lab.engine.as('admin').discardPlan(discarded)
  const { planId: oldest } = lab.plan(lab.delete('A'))
  const kept = Array.from({ length: 16 }, () => lab.plan(lab.delete('A')).planId)

  for (const planId of [discarded, oldest, 'never'])
    for (const use of [
      () => lab.engine.as('admin').describePlan(planId),
      () => lab.engine.as('admin').findPlanRows({ planId, offset: 0, limit: 1 }),
      () => lab.engine.as('admin').executeSync(planId),
      () => lab.engine.as('admin').createJob(planId),
    ])
      expect(refusalOf(use)).toEqual({ code: 'PLAN_OUTDATED', platformCode: null, details: { planId } })
  expect(new Set(kept.map((planId) => lab.engine.as('admin').describePlan(planId).affected))).toEqual(new Set([1]))
})

test('a preview that fails after planning leaves nothing in the way of the next ones [PL8]', () => {
  const ids = countedIds()
  let fails = false
  const newId = () => {
    if (fails) throw new Error('No ids are left')
    return ids()
  }
  const lab = openLab(TREE, { newId }).rows({ account: { A: {} }, contact: { C: { parentcustomerid: 'A' } } })
  fails = true
  for (const _attempt of [1, 2, 3]) expect(() => lab.plan(lab.delete('A'))).toThrow('No ids are left')
  fails = false

  expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'C'] })
  expect(lab.engine.as('admin').executeSync(lab.plan(lab.delete('A')).planId).affected).toBe(2)
})

test('a plan that reaches a stub says that what hangs below is unknown [PL9]', () => {
  const lab = openLab({
    tables: { account: {}, lab_visit: { origin: 'stub' } },
    relationships: ['account > lab_visit.accountid Assign=Cascade'],
  }).rows({ account: { A: {}, B: {} }, lab_visit: { V: { accountid: 'A' } } })
  const sentence = 'lab_visit is a stub: what hangs below its rows is unknown until its definition is imported'

  expect(lab.plan(lab.assign('A', 'bob')).reasons.map(inEnglish)).toContain(sentence)
  expect(lab.plan(lab.assign('B', 'bob')).reasons.map(inEnglish)).not.toContain(sentence)
})

test('a polymorphic lookup follows the cascade of the table that its value lies in [PL1, MO3]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, task: {} },
    relationships: [
      'account > contact.accountid Delete=Cascade',
      'account > task.regardingobjectid Delete=Cascade',
      'contact > task.regardingobjectid Delete=RemoveLink',
    ],
  }).rows({
    account: { A: {}, B: {} },
    contact: { C: { accountid: 'A' } },
    task: { T1: { regardingobjectid: 'A' }, T2: { regardingobjectid: 'C' }, T3: { regardingobjectid: 'B' }, T4: {} },
  })

  expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'C', 'T1'], unlink: ['T2'] })
  expect(lab.sync(lab.delete('A'))).toBe(4)
  expect(lab.column('task', 'regardingobjectid')).toEqual({ T2: null, T3: 'B', T4: null })
})
