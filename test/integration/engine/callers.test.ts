import { expect, test } from 'vitest'
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
  const anna = lab.engine.createRecord('systemuser', { fullname: 'Anna Lee', businessunitid: lab.refOf('root') }, lab.refOf('admin').id).id
  const other = lab.engine.createRecord(
    'systemuser',
    { fullname: 'Anna Lee', businessunitid: lab.refOf('north') },
    lab.refOf('admin').id,
  ).id
  lab.rows({ account: { A: { ownerid: 'bob' } }, contact: { C: { accountid: 'A', ownerid: 'bob' } } })
  return { lab, anna, other }
}

const idsOf = (lab: Lab, label: string, column: string): unknown => {
  const value = lab.engine.getRecord(lab.refOf(label)).values[column]
  return value !== null && typeof value === 'object' && 'id' in value ? value.id : value
}

test('of two users of one name each acts as itself, in records and in jobs [ID1]', () => {
  const { lab, anna, other } = openTwins()

  lab.engine.updateRecord(lab.refOf('A'), { name: 'A' }, other)
  const created = lab.engine.createRecord('account', { name: 'N' }, other)
  const { planId } = lab.engine.planCascade(lab.assign('A', 'carol'), anna, 'Async')
  const job = lab.engine.createJob(planId, anna)
  const done = lab.finish(job)

  expect(lab.engine.getRecord(created).values).toMatchObject({ createdby: { id: other }, ownerid: { id: other } })
  expect(done.job).toMatchObject({ status: 'Completed', createdBy: { id: anna, name: 'Anna Lee' }, owner: { id: anna } })
  expect(idsOf(lab, 'C', 'modifiedby')).toBe(anna)
})

test('whoever is renamed stays who they are, and whoever takes the name does not become them [ID1]', () => {
  const { lab } = openTwins()
  const bob = lab.refOf('bob').id
  const { planId } = lab.engine.planCascade(lab.assign('A', 'carol'), bob, 'Async')
  const { id } = lab.engine.createJob(planId, bob)

  lab.engine.updateRecord(lab.refOf('bob'), { fullname: 'Robert' }, lab.refOf('admin').id)
  lab.engine.updateRecord(lab.refOf('nora'), { fullname: 'bob' }, lab.refOf('admin').id)
  const done = lab.finish({ id })

  expect(done.job).toMatchObject({ status: 'Completed', createdBy: { id: bob, name: 'Robert' } })
  expect(idsOf(lab, 'C', 'modifiedby')).toBe(bob)
})

test('one of two users of one name is disabled, and the other goes on working [ID1]', () => {
  const { lab, anna, other } = openTwins()

  lab.engine.changeUser(anna, { disabled: true })

  expect(refusalOf(() => lab.engine.createRecord('account', {}, anna))).toMatchObject({
    code: 'CASCADE_REFUSED',
    platformCode: '0x80040225',
  })
  expect(lab.engine.getRecord(lab.engine.createRecord('account', {}, other)).values.createdby).toMatchObject({ id: other })
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
  expect(refusalOf(() => lab.engine.createRecord('account', { ownerid: 'anna lee' }, lab.refOf('admin').id))).toEqual(ambiguous)
  const loader = lab.engine.load(lab.refOf('admin').id)
  expect(refusalOf(() => loader.findOwner('anna lee'))).toEqual(ambiguous)
  loader.rollback()
  expect(refusalOf(() => lab.engine.createRecord('account', {}, 'anna lee'))).toEqual(ambiguous)
  expect(refusalOf(() => lab.engine.changeUser('anna lee', { disabled: true }))).toEqual(ambiguous)
  expect(refusalOf(() => lab.engine.getUser('anna lee'))).toEqual(ambiguous)
  expect(lab.everything()).toEqual(before)
})

test('a user and a team of one name are two owners, and only one of them can act [ID2]', () => {
  const { lab } = openTwins()
  const crew = lab.engine.createRecord('systemuser', { fullname: 'crew' }, lab.refOf('admin').id).id

  expect(refusalOf(() => lab.plan(lab.assign('A', 'crew'))).details).toMatchObject({
    found: [
      { table: 'systemuser', id: crew },
      { table: 'team', id: lab.refOf('crew').id },
    ],
  })
  expect(lab.engine.getRecord(lab.engine.createRecord('account', {}, 'CREW')).values.createdby).toMatchObject({ id: crew })
})

test('an owner and a user are found by GUID, too, and that is never taken for a name [ID2]', () => {
  const { lab, anna, other } = openTwins()
  lab.engine.createRecord('systemuser', { fullname: anna }, lab.refOf('admin').id)

  lab.sync(lab.assign('A', other))

  expect(idsOf(lab, 'A', 'ownerid')).toBe(other)
  const made = lab.engine.createRecord('account', {}, anna.toUpperCase())
  expect(lab.engine.getRecord(made).values.createdby).toMatchObject({ id: anna })
})

test('the trace log says by id which of two users of one name a step ran as [ID5]', () => {
  const lab = openPipeline(MODEL)
  const [anna, other] = [0, 1].map(() => lab.engine.createRecord('systemuser', { fullname: 'Anna Lee' }, 'admin').id) as [string, string]
  lab.plugin('log', { message: 'Create', table: 'account', stage: 'PostOperation', handler: () => {} })

  lab.engine.createRecord('account', {}, other)
  lab.engine.createRecord('account', {}, anna)

  expect(lab.runs().map(({ user, userId }) => [user, userId])).toEqual([
    ['Anna Lee', other],
    ['Anna Lee', anna],
  ])
})

test('the administrator is whom the environment was made with, whatever they are called [ID3]', () => {
  const { lab } = openTwins()
  const admin = lab.refOf('admin').id
  lab.engine.updateRecord(lab.refOf('admin'), { fullname: 'Root' }, admin)
  lab.engine.updateRecord(lab.refOf('carol'), { fullname: 'admin' }, admin)

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

  lab.engine.updateRecord(carol, { fullname: 'Caroline' }, admin.id)
  lab.engine.updateRecord(bob, { fullname: 'carol' }, admin.id)
  lab.engine.createRecord('account', {}, admin.id)

  expect(lab.runs()).toMatchObject([{ user: 'Caroline', userId: carol.id }])
  const shown = { runAs: { id: carol.id, name: 'Caroline' } }
  expect(lab.engine.findSteps()).toMatchObject([shown])
  expect(lab.engine.findPlugins()).toMatchObject([{ steps: [shown] }])
})

test('a step may name one of two users of one name by id, and is refused by that name [ID6]', () => {
  const lab = openPipeline(MODEL)
  const [anna, other] = [0, 1].map(() => lab.engine.createRecord('systemuser', { fullname: 'Anna Lee' }, 'admin').id) as [string, string]
  const step = (runAs: string): StepDefinition => ({
    message: 'Create',
    table: 'account',
    stage: 'PostOperation',
    runAs,
    handler: ({ userId, service }) => void service.create('contact', { ownerid: { table: 'systemuser', id: userId } }),
  })

  const refusal = refusalOf(() => lab.plugin('write', step('Anna Lee')))
  lab.plugin('write', step(other))
  lab.engine.createRecord('account', {}, anna)

  expect(refusal).toMatchObject({ code: 'NAME_AMBIGUOUS', details: { found: [{ id: anna }, { id: other }] } })
  expect(lab.runs().map(({ userId }) => userId)).toEqual([other])
})
