import { describe, expect, test } from 'vitest'
import type { ColumnType } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import { newColumn } from '../../../main/import/model/column.ts'
import { guidOf, parseValue } from '../../../main/import/values.ts'

const parse = (type: ColumnType, text: string) => parseValue(newColumn('c', type), text)
const at = (iso: string) => ({ value: Date.parse(iso) })

describe('dates', () => {
  test.each([
    ['2025-06-28T19:06:20.0000000Z', '2025-06-28T19:06:20Z'],
    ['2025-06-28T19:06:20.1234567', '2025-06-28T19:06:20.123Z'],
    ['2025-06-28', '2025-06-28T00:00:00Z'],
    ['2025-06-28T19:06:20+02:00', '2025-06-28T17:06:20Z'],
    ['11/16/1985 12:00:00 AM', '1985-11-16T00:00:00Z'],
    ['1/2/2019 1:05:09 PM', '2019-01-02T13:05:09Z'],
    ['1/2/2019', '2019-01-02T00:00:00Z'],
  ])('%s is read as UTC with the month first', (text, iso) => {
    expect(parse('DateTime', text)).toEqual(at(iso))
  })

  test('a day above twelve in first place is an unknown format, and reported', () => {
    expect(parse('DateTime', '16/11/1985 00:00:00')).toEqual({ problem: findingText.problem.dateFormat })
  })

  test.each(['2025-02-30', '2/30/2025', 'yesterday', '2025-01-01T25:00:00'])('%s is no date', (text) => {
    expect(parse('DateTime', text)).toHaveProperty('problem')
  })
})

test('an empty text is null in every column', () => {
  expect(parse('Integer', '')).toEqual({ value: null })
})

test('a choice of several drops the brackets of minus one', () => {
  expect(parse('MultiChoice', '[-1,494280000,494280011,-1]')).toEqual({ value: [494280000, 494280011] })
})

test('numbers take a decimal point and nothing else', () => {
  expect(parse('Money', '4325.0000000000')).toEqual({ value: 4325 })
  expect(parse('Money', '1,5')).toHaveProperty('problem')
  expect(parse('Integer', '1.5')).toHaveProperty('problem')
  expect(parse('BigInt', '99999999999999999999')).toHaveProperty('problem')
})

test('a choice is read by number or by label', () => {
  const column = newColumn('c', 'Choice', { options: [{ value: 5, label: 'Gold' }] })

  expect(parseValue(column, 'gold')).toEqual({ value: 5 })
  expect(parseValue(column, '7')).toEqual({ value: 7 })
  expect(parseValue(column, 'silver')).toHaveProperty('problem')
})

test('booleans are read in any case and by label', () => {
  expect(['True', 'false', '1', 'No'].map((text) => parse('Boolean', text))).toEqual([
    { value: true },
    { value: false },
    { value: true },
    { value: false },
  ])
  expect(parse('Boolean', 'maybe')).toHaveProperty('problem')
})

test('GUIDs come out in lower case and without braces', () => {
  expect(guidOf(' {6AFE7CDA-9D4F-F011-877B-6045BDCCF7AC} ')).toBe('6afe7cda-9d4f-f011-877b-6045bdccf7ac')
  expect(guidOf('6afe7cda')).toBeUndefined()
})
