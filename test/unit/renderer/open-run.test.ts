import { expect, test } from 'vitest'
import type { TableDefinition } from '#engine/contract/tables'
import type { StepRun } from '#engine/contract/trace'
import { createOpenRunStore } from '../../../renderer/features/trace/stores/open-run.ts'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { createModelStore } from '../../../renderer/frame/stores/model.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { fakeTraceLog } from '../../support/fake-trace-log.ts'
import { ADMINISTRATOR_ID, peopleOver } from '../../support/people-over.ts'
import { detailsOf, runOf } from '../../support/trace-example.ts'

const root = runOf({ number: 1 })
const nested = runOf({ number: 2, parent: 1, depth: 2, record: { table: 'contact', id: 'x', name: 'Eva' } })
const later = runOf({ number: 3, stage: 'PostOperation' })
const userTable: TableDefinition = {
  logicalName: 'systemuser',
  schemaName: 'SystemUser',
  displayName: 'User',
  ownership: 'None',
  mergeable: false,
  activeState: 0,
  primaryId: 'systemuserid',
  primaryName: 'fullname',
  isActivity: false,
  origin: 'system',
  originNote: null,
  columns: [],
}
const ALL: StepRun[] = [later, nested, root]

function storeOver(answers: Parameters<typeof fakeBridge>[0] = {}) {
  const log = fakeTraceLog(ALL)
  const fake = fakeBridge({
    'trace.get': ({ run: number }) => detailsOf(ALL.find((run) => run.number === number) ?? root),
    'trace.tree': () => [root, nested],
    'trace.find': log.find,
    ...answers,
  })
  const people = peopleOver(fake.bridge)
  const model = createModelStore(fake.bridge)
  return { ...fake, model, store: createOpenRunStore(fake.bridge, people, model) }
}

test('a run comes with its tree, and with what else ran for its record in the same request, in order', async () => {
  const { store } = storeOver()

  await store.getState().open(1)

  const { details, tree, chain } = store.getState()
  expect([details?.run.number, tree.map(({ number }) => number), chain.map(({ number }) => number)]).toEqual([1, [1, 2], [1, 3]])
})

test('going on inside a tree keeps the tree in view', async () => {
  const { store } = storeOver()
  await store.getState().open(1)

  const opening = store.getState().open(2)

  expect([store.getState().details, store.getState().tree.length]).toEqual([null, 2])
  await opening
  expect(store.getState().details?.run.number).toBe(2)
})

test('a run again is asked for as the user that one works as, and kept beside the original', async () => {
  const trial = { runs: [root], details: detailsOf({ ...root, outcome: 'refused' }), changes: [] }
  const { store, calls } = storeOver({ 'trace.runAgain': () => trial })
  await store.getState().open(1)

  await store.getState().runAgain()

  expect(calls.at(-1)).toEqual({ method: 'trace.runAgain', args: [{ run: 1, caller: ADMINISTRATOR_ID }] })
  expect(store.getState().trial).toEqual({ status: 'done', trial })
  expect(store.getState().details?.run.outcome).toBe('done')
})

test('a run that cannot be repeated says why, and another one starts without it', async () => {
  const { store } = storeOver({
    'trace.runAgain': () => {
      throw new BridgeError(refusal('The record is gone.'))
    },
  })
  await store.getState().open(1)
  await store.getState().runAgain()
  expect(store.getState().trial).toMatchObject({ status: 'refused', error: { message: 'The record is gone.' } })

  await store.getState().open(2)

  expect(store.getState().trial).toEqual({ status: 'none' })
})

test('an answer for a run that was left meanwhile is left aside', async () => {
  const { store } = storeOver()

  await Promise.all([store.getState().open(1), store.getState().open(2)])

  expect([store.getState().number, store.getState().details?.run.number]).toEqual([2, 2])
})

test('records that its values point to are known by name, those that are gone are not', async () => {
  const owner = { table: 'systemuser', id: 'o' }
  const { store, model } = storeOver({
    'trace.get': () => detailsOf(root, { preImage: { ownerid: owner, other: { table: 'systemuser', id: 'gone' } } }),
    'records.get': ({ record: { table, id } }) => {
      if (id === 'gone') throw new BridgeError(refusal('It is gone.'))
      return { table, id, values: { fullname: 'Oskar Eklund' } }
    },
    'model.get': () => ({ tables: [userTable], relationships: [], manyToMany: [] }),
  })
  await model.getState().load()

  await store.getState().open(1)

  expect([...store.getState().names]).toEqual([['o', 'Oskar Eklund']])
})
