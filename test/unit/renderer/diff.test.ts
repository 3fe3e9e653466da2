import { expect, test } from 'vitest'
import { countDifferences, diffOf, imageDiffOf, isSame } from '../../../renderer/features/trace/diff.ts'
import { valueText } from '../../../renderer/features/trace/value-text.ts'
import { words } from '../../support/words.ts'

const { say } = words

const kinds = (lines: { name: string; difference: string }[]) => lines.map(({ name, difference }) => `${name} ${difference}`)

test('two targets differ by what was added, removed and changed; what differs stands first', () => {
  const lines = diffOf({ name: 'a', statecode: 0, phone: '1', note: null }, { name: 'a', statecode: 1, phone: null, note: 'n', credit: 5 })

  expect(kinds(lines)).toEqual(['statecode changed', 'phone removed', 'note added', 'credit added', 'name same'])
  expect(countDifferences(lines)).toEqual({ added: 2, removed: 1, changed: 1, same: 1, alone: 0 })
})

test('a column that only one image registered did not change', () => {
  const lines = imageDiffOf({ ownerid: 'a', statecode: 0 }, { ownerid: 'b', name: 'n' })

  expect(kinds(lines)).toEqual(['ownerid changed', 'statecode alone', 'name alone'])
})

test('values are the same when they say the same, in whatever order', () => {
  expect(isSame({ table: 'team', id: 'x' }, { id: 'x', table: 'team' })).toBe(true)
  expect(isSame([1, 2], [2, 1])).toBe(false)
  expect(isSame([], {})).toBe(false)
  expect(isSame({ a: undefined }, {})).toBe(false)
  expect(isSame(null, {})).toBe(false)
  expect(isSame(Number.NaN, Number.NaN)).toBe(true)
})

test('values read as people read them: ids short, references by name, nothing as empty', () => {
  const id = '5f0c1111-2222-4333-8444-555566667777'

  expect([null, undefined, '', 0, false, id, `see ${id}`].map((value) => valueText(value, say))).toEqual([
    'empty',
    'empty',
    'empty text',
    '0',
    'false',
    '5f0c1111',
    `see ${id}`,
  ])
  expect([{ table: 'team', id }, { table: 'team', id, name: 'Sales' }, { a: [id] }].map((value) => valueText(value, say))).toEqual([
    'team 5f0c1111',
    'Sales',
    '{"a":["5f0c1111"]}',
  ])
})

test('a record is called by its name where somebody knows it, and ids that begin alike show their ends', () => {
  const id = '01a20135-74e4-74bc-b063-8b3685385999'
  const names = new Map([[id, 'Oskar Eklund']])

  expect([id, { table: 'systemuser', id }].map((value) => valueText(value, say, { names }))).toEqual(['Oskar Eklund', 'Oskar Eklund'])
  expect([id, { table: 'systemuser', id }].map((value) => valueText(value, say, { byEnd: true }))).toEqual([
    '…85385999',
    'systemuser …85385999',
  ])
})
