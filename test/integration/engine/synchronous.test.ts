import { expect, test } from 'vitest'
import type { LabModel } from '../../support/engine.ts'
import { openLab, refusalOf } from '../../support/engine.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, task: {}, salesorder: {} },
  relationships: [
    'account > contact.parentcustomerid Assign=Cascade Delete=Cascade Merge=Cascade',
    'contact > task.regardingobjectid Assign=Cascade Delete=Cascade',
    'account > task.accountid Delete=RemoveLink',
    'account > salesorder.customerid Delete=Restrict',
  ],
}

const PLAN_OUTDATED = { code: 'PLAN_OUTDATED', platformCode: null, details: {} }

const openTree = () =>
  openLab(MODEL).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: { C1: { parentcustomerid: 'A', ownerid: 'alice' }, C2: { parentcustomerid: 'A', ownerid: 'carol' } },
    task: { T1: { regardingobjectid: 'C1', ownerid: 'carol' }, T2: { accountid: 'A', ownerid: 'carol' }, T3: { ownerid: 'carol' } },
    salesorder: { O: { ownerid: 'carol' } },
  })

test('a cascade is applied as a whole, and its plan is used up [SY1]', () => {
  const lab = openTree()
  const { planId, affected } = lab.plan(lab.delete('A'), 'Sync')

  const outcome = lab.engine.as('admin').executeSync(planId)

  expect(outcome).toEqual({ outcome: 'Completed', mode: 'Sync', affected, jobId: null, record: null })
  expect(lab.column('task', 'accountid')).toEqual({ T2: null, T3: null })
  expect(lab.labels('contact')).toEqual([])
  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toEqual({ ...PLAN_OUTDATED, details: { planId } })
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('a refused cascade leaves no trace, whatever was to go before the row that refuses [SY1, EF5]', () => {
  const lab = openTree()
  lab.create('salesorder', 'O2', { customerid: 'A' })
  const before = lab.everything()

  expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({ code: 'CASCADE_REFUSED', platformCode: '0x80040227' })

  expect(lab.everything()).toEqual(before)
})

const interferences: [what: string, change: (lab: ReturnType<typeof openTree>) => void][] = [
  ['the root was assigned', (lab) => lab.sync(lab.assign('B', 'bob')) && lab.sync(lab.assign('A', 'bob'))],
  ['a child got another owner', (lab) => lab.sync(lab.assign('C2', 'bob'))],
  ['a row far below got another owner', (lab) => lab.sync(lab.assign('T1', 'bob'))],
  ['a child came', (lab) => lab.create('contact', 'C3', { parentcustomerid: 'A' })],
  ['a child went', (lab) => lab.sync(lab.delete('C2'))],
  ['a child moved away', (lab) => lab.update('C1', { parentcustomerid: 'B' })],
  ['a row moved below another', (lab) => lab.update('T1', { regardingobjectid: 'C2' })],
]

for (const [what, change] of interferences)
  for (const operation of ['assign', 'delete'] as const)
    test(`an ${operation} is refused whole where ${what} meanwhile [SY2]`.replace('an delete', 'a delete'), () => {
      const lab = openTree()
      const { planId } = lab.plan(operation === 'assign' ? lab.assign('A', 'bob') : lab.delete('A'), 'Sync')
      change(lab)
      const before = lab.everything()

      expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toEqual(PLAN_OUTDATED)

      expect(lab.everything()).toEqual(before)
    })

test('what another connection commits counts as well [SY2]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.delete('A'), 'Sync')
  lab
    .another()
    .as('bob')
    .createRecord('contact', { parentcustomerid: lab.refOf('A') })

  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toEqual(PLAN_OUTDATED)
})

test('a row that loses its link to a row to be deleted is not what was planned [SY2]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.delete('A'), 'Sync')
  lab.update('T2', { accountid: 'B' })

  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toEqual(PLAN_OUTDATED)
})

test('a Restrict child that came meanwhile refuses, and is named [SY2, DL3]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.delete('A'), 'Sync')
  lab.update('O', { customerid: 'A' })
  const before = lab.everything()

  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toMatchObject({
    code: 'CASCADE_REFUSED',
    platformCode: '0x80040227',
    details: { count: 1, blockedBy: [{ record: { ...lab.refOf('O'), name: 'O' }, parent: { ...lab.refOf('A'), name: 'A' } }] },
  })

  expect(lab.everything()).toEqual(before)
})

test('a root that is gone refuses with the platform’s error [SY2]', () => {
  const lab = openTree()
  const plans = [lab.plan(lab.assign('C2', 'bob'), 'Sync'), lab.plan(lab.delete('C2'), 'Sync')]
  const { table, id } = lab.refOf('C2')
  lab.sync(lab.delete('C2'))

  for (const { planId } of plans)
    expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toMatchObject({
      code: 'RECORD_NOT_FOUND',
      platformCode: '0x80040217',
      details: { table },
    })
  expect(refusalOf(() => lab.plan({ operation: 'Delete', record: { table, id } }))).toEqual({
    code: 'RECORD_NOT_FOUND',
    platformCode: '0x80040217',
    details: { table, id },
  })
})

test('an assign that would have changed nothing is outdated where the root has got another owner [SY2]', () => {
  const lab = openTree()
  const { planId, nothingToDo } = lab.plan(lab.assign('A', 'alice'), 'Sync')
  lab.sync(lab.assign('A', 'bob'))

  expect(nothingToDo).toBe(true)
  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toEqual(PLAN_OUTDATED)
})

test('an assignee who was disabled meanwhile refuses [SY2, AS3]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Sync')
  lab.update('bob', { isdisabled: true })

  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toMatchObject({ code: 'CASCADE_REFUSED', platformCode: '0x80040225' })
  expect(lab.read('A', 'ownerid')).toEqual({ ownerid: 'alice' })
})

test('an assignee who moved to another business unit meanwhile brings the new one along [SY2, AS1]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Sync')
  lab.update('bob', { businessunitid: 'north' })

  lab.engine.as('admin').executeSync(planId)

  expect(lab.column('account', 'owningbusinessunit')).toEqual({ A: 'north', B: 'root' })
})

test('a relationship that was changed meanwhile refuses where it changes the plan [SY2]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Sync')
  lab.engine.changeRelationship('account_contact_parentcustomerid', { Assign: 'Active' })
  lab.engine.changeRelationship('contact_task_regardingobjectid', { Assign: 'NoCascade' })

  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toEqual(PLAN_OUTDATED)
})

test('changes elsewhere disturb no plan [SY3]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Sync')
  lab.create('contact', 'C9', { parentcustomerid: 'B' })
  lab.update('C1', { name: 'C1' })
  lab.update('T3', { regardingobjectid: 'C9' })
  lab.sync(lab.assign('B', 'carol'))
  lab.another().as('bob').createRecord('account', { name: 'Z' })

  lab.engine.as('admin').executeSync(planId)

  expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'bob', C2: 'bob', C9: 'carol' })
})

test('a change of the model elsewhere disturbs no merge: its children move [SY3]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.merge('A', 'B'), 'Sync')
  lab.engine.changeRelationship('account_salesorder_customerid', { Assign: 'Cascade' })

  lab.engine.as('admin').executeSync(planId)

  expect(lab.column('contact', 'parentcustomerid')).toEqual({ C1: 'B', C2: 'B' })
  expect(lab.read('A', 'masterid', 'statecode')).toEqual({ masterid: 'B', statecode: 1 })
})

test('a change of the model elsewhere leaves a loop in the data one [SY3, PL3]', () => {
  const lab = openLab({
    tables: { account: {}, task: {} },
    relationships: ['account > account.parentid Assign=Cascade', 'account > task.accountid'],
  }).rows({ account: { A: { parentid: 'B', ownerid: 'alice' }, B: { parentid: 'A', ownerid: 'alice' } } })
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Sync')
  lab.engine.changeRelationship('account_task_accountid', { Delete: 'Restrict' })

  lab.engine.as('admin').executeSync(planId)

  expect(lab.column('account', 'ownerid')).toEqual({ A: 'bob', B: 'bob' })
})

test('a caller who is disabled, unknown or a team can do nothing [SY1]', () => {
  const lab = openTree()
  const refusal = (caller: string) => refusalOf(() => lab.plan(lab.delete('A'), 'Sync', caller))
  const { planId } = lab.plan(lab.delete('A'), 'Sync', 'bob')
  lab.update('bob', { isdisabled: true })

  expect(refusal('dora')).toEqual({ code: 'CASCADE_REFUSED', platformCode: '0x80040225', details: { caller: 'dora' } })
  expect(refusal('nobody')).toEqual({ code: 'INPUT_INVALID', platformCode: null, details: { caller: 'nobody' } })
  expect(refusal('crew')).toEqual({ code: 'INPUT_INVALID', platformCode: null, details: { caller: 'crew' } })
  expect(refusalOf(() => lab.engine.as('bob').executeSync(planId))).toMatchObject({ platformCode: '0x80040225' })
})
