import { expect, test } from 'vitest'
import type { Faults } from '#engine/contract/environment'
import type { Principal } from '#engine/contract/security'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { createEnvironmentStore } from '../../../renderer/frame/stores/environment.ts'
import { createFaultsStore, faultsInForce } from '../../../renderer/frame/stores/faults.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { words } from '../../support/words.ts'

const alice: Principal = { table: 'systemuser', id: 'a', name: 'Alice', businessUnit: null, disabled: false }
const wim: Principal = { ...alice, id: 'w', name: 'Wim', disabled: true }

function storeOver(answers: Parameters<typeof fakeBridge>[0] = {}) {
  let set: Faults = { batchDelayMs: 0, failBatch: null }
  const fake = fakeBridge({
    'faults.get': () => set,
    'faults.set': (faults) => {
      set = faults
      return faults
    },
    'users.change': () => [],
    'principals.find': () => [alice, wim],
    ...answers,
  })
  const faults = createFaultsStore(fake.bridge, createEnvironmentStore(fake.bridge))
  return { ...fake, faults }
}

test('what is switched on is said in words, and one step switches all of it off', async () => {
  const { faults, calls } = storeOver()
  await faults.getState().load()
  await faults.getState().setDelay(1_500)
  await faults.getState().setFailBatch(2)
  await faults.getState().disableUser(alice)
  expect(faultsInForce(faults.getState()).map(words.say)).toEqual(['slow motion, 1.5 seconds a batch', 'batch 2 fails', 'Alice disabled'])

  await faults.getState().switchAllOff()

  expect(faultsInForce(faults.getState())).toEqual([])
  expect(calls.slice(-2)).toEqual([
    { method: 'faults.set', args: [{ batchDelayMs: 0, failBatch: null }] },
    { method: 'users.change', args: [{ userId: 'a', disabled: false, removed: false }] },
  ])
})

test('a user who was disabled before is no fault, and stays disabled when all faults are switched off', async () => {
  const { faults, calls } = storeOver()
  await faults.getState().load()
  expect(faults.getState().disabledBefore).toEqual([wim])
  expect(faultsInForce(faults.getState())).toEqual([])

  await faults.getState().switchAllOff()

  expect(calls.filter(({ method }) => method === 'users.change')).toEqual([])
})

test('of two users of one name the one that was disabled is enabled again [ID1]', async () => {
  const other = { ...alice, id: 'b' }
  const { faults, calls } = storeOver({ 'principals.find': () => [alice, other] })
  await faults.getState().load()
  await faults.getState().disableUser(alice)
  await faults.getState().disableUser(other)

  await faults.getState().bringBack(alice.id)

  expect(faults.getState().changedUsers).toEqual([{ id: 'b', name: 'Alice', change: 'disabled' }])
  expect(calls.at(-1)).toEqual({ method: 'users.change', args: [{ userId: 'a', disabled: false, removed: false }] })
})

test('a fault that the host refuses is shown as off, with the reason', async () => {
  const { faults } = storeOver({
    'faults.set': () => {
      throw new BridgeError(refusal('Too slow.'))
    },
  })
  await faults.getState().load()

  await faults.getState().setDelay(90_000)

  expect(faults.getState().faults).toEqual({ batchDelayMs: 0, failBatch: null })
  expect(faults.getState().error?.message).toBe('Too slow.')
})
