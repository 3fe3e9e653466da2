import { expect, test } from 'vitest'
import type { Principal } from '#engine/contract/security'
import { fakeBridge } from '../../support/fake-bridge.ts'
import { ADMINISTRATOR_ID, peopleOver } from '../../support/people-over.ts'

const user = (id: string, name: string, disabled = false): Principal => ({ table: 'systemuser', id, name, disabled, businessUnit: null })

function storeWith(users: Principal[]) {
  const { bridge } = fakeBridge({ 'principals.find': (search) => users.filter(({ id, name }) => id === search || name.includes(search)) })
  return peopleOver(bridge)
}

test('until somebody is chosen the administrator of the environment acts, whatever they are called [ID3]', async () => {
  const people = storeWith([user('u-1', 'admin'), user(ADMINISTRATOR_ID, 'Grace')])

  expect(people.callerId()).toBe(ADMINISTRATOR_ID)
  await people.getState().load()

  expect(people.getState().caller).toMatchObject({ name: 'Grace' })
  expect(people.callerId()).toBe(ADMINISTRATOR_ID)
})

test('an administrator who is disabled leaves the work to the first user who is not', async () => {
  const people = storeWith([user(ADMINISTRATOR_ID, 'Grace', true), user('u-1', 'Anna Lee'), user('u-2', 'Anna Lee')])

  await people.getState().load()

  expect(people.callerId()).toBe('u-1')
})

test('of two users of one name the chosen one acts [ID1]', () => {
  const people = storeWith([])

  people.getState().workAs(user('u-2', 'Anna Lee'))

  expect(people.callerId()).toBe('u-2')
})
