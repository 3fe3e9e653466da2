import { expect, test } from 'vitest'
import { moveByKey } from '../../../renderer/ui/grid-keys.ts'

const size = { rows: 100, columns: 5, pageRows: 20 }

test.each([
  ['ArrowDown', false, { row: 51, column: 2 }],
  ['ArrowLeft', false, { row: 50, column: 1 }],
  ['PageDown', false, { row: 70, column: 2 }],
  ['Home', false, { row: 50, column: 0 }],
  ['End', false, { row: 50, column: 4 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 99, column: 4 }],
])('%s (with Ctrl: %s) moves to %j', (key, withCtrl, expected) => {
  expect(moveByKey(key, withCtrl, { row: 50, column: 2 }, size)).toEqual(expected)
})

test('no key leads out of the grid, and other keys are not taken', () => {
  expect(moveByKey('ArrowUp', false, { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 })
  expect(moveByKey('PageDown', false, { row: 95, column: 0 }, size)).toEqual({ row: 99, column: 0 })
  expect(moveByKey('a', false, { row: 0, column: 0 }, size)).toBeNull()
})
