import { expect, test } from 'vitest'
import type { ColumnType } from '#engine/contract/tables'
import { readerOfType } from '#engine/store/readable-value'

const read = (type: ColumnType, ...values: Parameters<ReturnType<typeof readerOfType>>[0][]) => values.map(readerOfType(type))

test('values that a type can have are read as they are', () => {
  expect(read('Integer', 0, -5, Number.MAX_SAFE_INTEGER)).toEqual([0, -5, Number.MAX_SAFE_INTEGER])
  expect(read('Money', 0.5, 1e20)).toEqual([0.5, 1e20])
  expect(read('Boolean', 0, 1)).toEqual([false, true])
  expect(read('DateTime', 0, 8.64e15)).toEqual(['1970-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z'])
  expect(read('MultiChoice', '[1,2]')).toEqual([[1, 2]])
  expect(read('String', '')).toEqual([''])
})

test('what a column held before its type changed stays [MO2]', () => {
  expect(read('Integer', '5', 0.5)).toEqual(['5', 0.5])
  expect(read('String', 5)).toEqual([5])
})

test('a value that no such column can hold is marked, and shown shortened [AT4]', () => {
  expect(read('Integer', 2 ** 63, 'x', '')).toEqual([{ damaged: '9223372036854776000' }, { damaged: 'x' }, { damaged: '' }])
  expect(read('Money', Number.POSITIVE_INFINITY)).toEqual([{ damaged: 'null' }])
  expect(read('Boolean', 2, 'true')).toEqual([{ damaged: '2' }, { damaged: 'true' }])
  expect(read('DateTime', 8.64e15 + 1, '2026')).toEqual([{ damaged: '8640000000000001' }, { damaged: '2026' }])
  expect(read('MultiChoice', '{}', '["a"]', 1)).toEqual([{ damaged: '{}' }, { damaged: '["a"]' }, { damaged: '1' }])
  expect(read('String', Buffer.from('00', 'hex'), 'x'.repeat(10))).toEqual([{ damaged: `x'00'` }, 'xxxxxxxxxx'])
})
