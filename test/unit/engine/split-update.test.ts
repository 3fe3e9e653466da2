import { expect, test } from 'vitest'
import { splitState, splitUpdate } from '../../../main/engine/operations/split-update.ts'

test('a new owner is taken out of an update, and the other columns stay', () => {
  expect(splitUpdate({ name: 'Fourth Coffee', ownerid: 'Bob' })).toEqual({ owner: 'Bob', others: { name: 'Fourth Coffee' } })
  expect(splitUpdate({ ownerid: { table: 'team', id: '1' } })).toEqual({ owner: { table: 'team', id: '1' }, others: {} })
  expect(splitUpdate({ name: 'Fourth Coffee' })).toEqual({ owner: undefined, others: { name: 'Fourth Coffee' } })
})

test.each([null, 5, true, [1]])("an owner %j is refused with the platform's code", (ownerid) => {
  expect(() => splitUpdate({ ownerid })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', platformCode: '0x80040229' }))
})

test('other columns are written before the state', () => {
  expect(splitState({ statecode: 1, name: 'Fourth Coffee', statuscode: 2 })).toEqual([
    { name: 'Fourth Coffee' },
    { statecode: 1, statuscode: 2 },
  ])
  expect(splitState({ statecode: 1 })).toEqual([{ statecode: 1 }])
  expect(splitState({})).toEqual([{}])
})
