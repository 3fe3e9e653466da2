import { expect, test } from 'vitest'
import { userMethods } from '#engine'
import type { RecordRef } from '#engine/contract/records'
import type { StepDefinition } from '#plugin-api'
import type { Lab, LabModel } from '../../support/engine.ts'
import { openLab, refusalOf } from '../../support/engine.ts'
import { openPipeline } from '../../support/pipeline.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade'],
}

/** An environment where two users of different units are called Anna Lee: the ids of the elder and of the younger. */
function openTwins(): { lab: Lab; anna: string; other: string } {
  const lab = openLab(MODEL)
  const anna = lab.engine
    .as(lab.refOf('admin').id)
    .createRecord('systemuser', { fullname: 'Anna Lee', businessunitid: lab.refOf('root') }).id
  const other = lab.engine
    .as(lab.refOf('admin').id)
    .createRecord('systemuser', { fullname: 'Anna Lee', businessunitid: lab.refOf('north') }).id
  lab.rows({ account: { A: { ownerid: 'bob' } }, contact: { C: { accountid: 'A', ownerid: 'bob' } } })
  return { lab, anna, other }
}

const idsOf = (lab: Lab, label: string, column: string): unknown => {
  const value = lab.engine.as('admin').getRecord(lab.refOf(label)).values[column]
  return value !== null && typeof value === 'object' && 'id' in value ? value.id : value
}

test('of two users of one name each acts as itself, in records and in jobs [ID1]', () => {
  const { lab, anna, other } = openTwins()

  lab.engine.as(other).updateRecord(lab.refOf('A'), { name: 'A' })
  const created = lab.engine.as(other).createRecord('account', { name: 'N' })
  const { planId } = lab.engine.as(anna).planCascade(lab.assign('A', 'carol'), 'Async')
  const job = lab.engine.as(anna).createJob(planId)
  const done = lab.finish(job)

  expect(lab.engine.as('admin').getRecord(created).values).toMatchObject({ createdby: { id: other }, ownerid: { id: other } })
  expect(done.job).toMatchObject({ status: 'Completed', createdBy: { id: anna, name: 'Anna Lee' }, owner: { id: anna } })
  expect(idsOf(lab, 'C', 'modifiedby')).toBe(anna)
})

test('whoever is renamed stays who they are, and whoever takes the name does not become them [ID1]', () => {
  const { lab } = openTwins()
  const bob = lab.refOf('bob').id
  const { planId } = lab.engine.as(bob).planCascade(lab.assign('A', 'carol'), 'Async')
  const { id } = lab.engine.as(bob).createJob(planId)

  lab.engine.as(lab.refOf('admin').id).updateRecord(lab.refOf('bob'), { fullname: 'Robert' })
  lab.engine.as(lab.refOf('admin').id).updateRecord(lab.refOf('nora'), { fullname: 'bob' })
  const done = lab.finish({ id })

  expect(done.job).toMatchObject({ status: 'Completed', createdBy: { id: bob, name: 'Robert' } })
  expect(idsOf(lab, 'C', 'modifiedby')).toBe(bob)
})

test('one of two users of one name is disabled, and the other goes on working [ID1]', () => {
  const { lab, anna, other } = openTwins()

  lab.engine.changeUser(anna, { disabled: true })

  expect(refusalOf(() => lab.engine.as(anna).createRecord('account', {}))).toMatchObject({
    code: 'CASCADE_REFUSED',
    platformCode: '0x80040225',
  })
  expect(lab.engine.as('admin').getRecord(lab.engine.as(other).createRecord('account', {})).values.createdby).toMatchObject({ id: other })
})

test('an owner by a name that several have is refused with their ids, wherever it is written [ID2]', () => {
  const { lab, anna, other } = openTwins()
  const before = lab.everything()
  const ambiguous = {
    code: 'NAME_AMBIGUOUS',
    platformCode: null,
    details: {
      name: 'anna lee',
      found: [
        { table: 'systemuser', id: anna },
        { table: 'systemuser', id: other },
      ],
    },
  }

  expect(refusalOf(() => lab.plan(lab.assign('A', 'anna lee')))).toEqual(ambiguous)
  expect(refusalOf(() => lab.engine.as(lab.refOf('admin').id).createRecord('account', { ownerid: 'anna lee' }))).toEqual({
    ...ambiguous,
    details: { ...ambiguous.details, column: 'ownerid' },
  })
  const loader = lab.engine.as(lab.refOf('admin').id).load()
  expect(refusalOf(() => loader.findOwner('anna lee'))).toEqual(ambiguous)
  loader.rollback()
  expect(refusalOf(() => lab.engine.as('anna lee').createRecord('account', {}))).toEqual(ambiguous)
  expect(refusalOf(() => lab.engine.changeUser('anna lee', { disabled: true }))).toEqual(ambiguous)
  expect(refusalOf(() => lab.engine.getUser('anna lee'))).toEqual(ambiguous)
  expect(lab.everything()).toEqual(before)
})

test('a user and a team of one name are two owners, and only one of them can act [ID2]', () => {
  const { lab } = openTwins()
  const crew = lab.engine.as(lab.refOf('admin').id).createRecord('systemuser', { fullname: 'crew' }).id

  expect(refusalOf(() => lab.plan(lab.assign('A', 'crew'))).details).toMatchObject({
    found: [
      { table: 'systemuser', id: crew },
      { table: 'team', id: lab.refOf('crew').id },
    ],
  })
  expect(lab.engine.as('admin').getRecord(lab.engine.as('CREW').createRecord('account', {})).values.createdby).toMatchObject({ id: crew })
})

test('an owner and a user are found by GUID, too, and that is never taken for a name [ID2]', () => {
  const { lab, anna, other } = openTwins()
  lab.engine.as(lab.refOf('admin').id).createRecord('systemuser', { fullname: anna })

  lab.sync(lab.assign('A', other))

  expect(idsOf(lab, 'A', 'ownerid')).toBe(other)
  const made = lab.engine.as(anna.toUpperCase()).createRecord('account', {})
  expect(lab.engine.as('admin').getRecord(made).values.createdby).toMatchObject({ id: anna })
})

test('the trace log says by id which of two users of one name a step ran as [ID5]', () => {
  const lab = openPipeline(MODEL)
  const [anna, other] = [0, 1].map(() => lab.engine.as('admin').createRecord('systemuser', { fullname: 'Anna Lee' }).id) as [string, string]
  lab.plugin('log', { message: 'Create', table: 'account', stage: 'PostOperation', handler: () => {} })

  lab.engine.as(other).createRecord('account', {})
  lab.engine.as(anna).createRecord('account', {})

  expect(lab.runs().map(({ user, userId }) => [user, userId])).toEqual([
    ['Anna Lee', other],
    ['Anna Lee', anna],
  ])
})

test('the administrator is whom the environment was made with, whatever they are called [ID3]', () => {
  const { lab } = openTwins()
  const admin = lab.refOf('admin').id
  lab.engine.as(admin).updateRecord(lab.refOf('admin'), { fullname: 'Root' })
  lab.engine.as(admin).updateRecord(lab.refOf('carol'), { fullname: 'admin' })

  const refusal = refusalOf(() => lab.plan(lab.delete('admin')))
  lab.sync(lab.delete('carol'))

  expect(refusal.code).toBe('CASCADE_REFUSED')
  expect(lab.labels('systemuser')).toContain('Root')
  expect(lab.engine.info().administratorId).toBe(admin)
})

test('a step runs as the same user when users are renamed, and is shown with the name of now [ID6]', () => {
  const lab = openPipeline(MODEL)
  const [admin, carol, bob] = ['admin', 'carol', 'bob'].map((name) => lab.refOf(name)) as [RecordRef, RecordRef, RecordRef]
  lab.plugin('write', {
    message: 'Create',
    table: 'account',
    stage: 'PostOperation',
    runAs: 'Carol',
    handler: ({ service }) => void service.create('contact', {}),
  })

  lab.engine.as(admin.id).updateRecord(carol, { fullname: 'Caroline' })
  lab.engine.as(admin.id).updateRecord(bob, { fullname: 'carol' })
  lab.engine.as(admin.id).createRecord('account', {})

  expect(lab.runs()).toMatchObject([{ user: 'Caroline', userId: carol.id }])
  const shown = { runAs: { id: carol.id, name: 'Caroline' } }
  expect(lab.engine.findSteps()).toMatchObject([shown])
  expect(lab.engine.findPlugins()).toMatchObject([{ steps: [shown] }])
})

test('a step may name one of two users of one name by id, and is refused by that name [ID6]', () => {
  const lab = openPipeline(MODEL)
  const [anna, other] = [0, 1].map(() => lab.engine.as('admin').createRecord('systemuser', { fullname: 'Anna Lee' }).id) as [string, string]
  const step = (runAs: string): StepDefinition => ({
    message: 'Create',
    table: 'account',
    stage: 'PostOperation',
    runAs,
    handler: ({ userId, service }) => void service.create('contact', { ownerid: { table: 'systemuser', id: userId } }),
  })

  const refusal = refusalOf(() => lab.plugin('write', step('Anna Lee')))
  lab.plugin('write', step(other))
  lab.engine.as(anna).createRecord('account', {})

  expect(refusal).toMatchObject({ code: 'NAME_AMBIGUOUS', details: { found: [{ id: anna }, { id: other }] } })
  expect(lab.runs().map(({ userId }) => userId)).toEqual([other])
})

test('whatever is asked in the name of somebody unknown or disabled is refused, reads included [ID7]', () => {
  const { lab, anna } = openTwins()
  const admin = lab.engine.as(lab.refOf('admin').id)
  const [unknown, disabled] = [lab.engine.as('00000000-0000-4000-8000-00000000dead'), lab.engine.as(anna)]
  lab.engine.changeUser(anna, { disabled: true })

  const methods = Object.keys(userMethods) as (keyof typeof userMethods)[]
  const refusals = methods.map((name) => [unknown, disabled].map((user) => refusalOf(() => (user[name] as () => unknown)())))
  lab.engine.changeUser(anna, { disabled: false })

  for (const [ofUnknown, ofDisabled] of refusals) {
    expect(ofUnknown).toMatchObject({ code: 'INPUT_INVALID', details: { caller: '00000000-0000-4000-8000-00000000dead' } })
    expect(ofDisabled).toMatchObject({ code: 'CASCADE_REFUSED', platformCode: '0x80040225' })
  }
  expect(methods).toEqual(expect.arrayContaining(['findRecords', 'getRecord', 'countRecords', 'findPlanRows', 'findJobs', 'findStepRuns']))
  expect(disabled.whoAmI()).toMatchObject({ id: anna, name: 'Anna Lee' })
  expect(disabled.getRecord(lab.refOf('A'))).toEqual(admin.getRecord(lab.refOf('A')))
})

test('a step reads nothing in the name of a user who is disabled [ID7]', () => {
  const lab = openPipeline(MODEL)
  lab.rows({ account: { A: {} } })
  const carol = lab.refOf('carol').id
  const found: unknown[] = []
  lab.plugin('read', {
    message: 'Create',
    table: 'contact',
    stage: 'PostOperation',
    runAs: carol,
    handler: ({ service }) => void found.push(service.retrieve('account', lab.refOf('A').id)),
  })

  lab.create('contact', 'C')
  lab.engine.changeUser(carol, { disabled: true })
  const refusal = refusalOf(() => lab.create('contact', 'D'))

  expect(found).toHaveLength(1)
  expect(refusal.platformCode).toBe('0x80040225')
})
