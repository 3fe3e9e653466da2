import { openTestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'

const TREE = { name: 'tree', referenced: 'account', referencing: 'account', attribute: 'parentaccountid', behavior: 'Referential' } as const

const openTree = (levels: number) =>
  openTestEnvironment({
    plugins: [{ plugin, configuration: '{ "parent": "account", "child": "account", "lookup": "parentaccountid" }' }],
    model: { tables: { account: {} }, relationships: [TREE] },
    generate: [{ table: 'account', id: 'A', chain: levels, attribute: 'parentaccountid' }],
  })

test('a tree is closed level by level, each one deeper', async () => {
  await using lab = await openTree(4)

  await lab.setState('account/A1', 1)

  expect(lab.count('account', { statecode: 1 })).toBe(4)
  expect(lab.runs({ message: 'SetState' }).map(({ record, depth }) => [record, depth])).toEqual([
    ['account/A1', 1],
    ['account/A2', 2],
    ['account/A3', 3],
    ['account/A4', 4],
  ])
})

test('a tree that is too deep stays open altogether', async () => {
  await using lab = await openTree(10)

  await expect(lab.setState('account/A1', 1)).rejects.toMatchObject({ code: '0x80044182' })

  expect(lab.count('account', { statecode: 0 })).toBe(10)
})

test('closing what is closed, and opening again, leave the children alone', async () => {
  await using lab = await openTree(2)
  await lab.setState('account/A1', 1)
  await lab.setState('account/A2', 0)

  await lab.setState('account/A1', 1)
  await lab.setState('account/A1', 0)

  expect(lab.retrieve('account/A2').statecode).toBe(0)
})
