import { expect, test } from 'vitest'
import { defineTexts, isMessage, messagesOf, textsByKey } from '#text/message'

const catalogue = defineTexts('example', {
  title: 'System jobs',
  greeting: 'Hello {name}',
  found: '{records, plural, one {# record} other {# records of {owner}}} in {tables, plural, one {# table} other {# tables}}',
  tagged: 'Press <key>Enter</key>, {name}',
  quoted: "An object '{'}' is no parameter",
  status: { Paused: 'Paused', Failed: 'Failed after {seconds, number} s' },
})
const example = messagesOf(catalogue)

test('a text without parameters is a message, one with parameters a function of them', () => {
  expect(example.title).toEqual({ key: 'example.title' })
  expect(example.greeting({ name: 'Anna' })).toEqual({ key: 'example.greeting', params: { name: 'Anna' } })
  expect(example.status.Paused).toEqual({ key: 'example.status.Paused' })
  expect(example.status.Failed({ seconds: 3 })).toEqual({ key: 'example.status.Failed', params: { seconds: 3 } })
  expect(example.quoted).toEqual({ key: 'example.quoted' })
})

test('a missing key and a missing or mistyped parameter do not compile', () => {
  const calls = () => {
    // @ts-expect-error: there is no such text
    example.titel
    // @ts-expect-error: a name is missing
    example.greeting({})
    // @ts-expect-error: a number needs a format
    example.greeting({ name: 3 })
    // @ts-expect-error: the parameter inside a plural's case is missing
    example.found({ records: 1, tables: 2 })
    // @ts-expect-error: a plural needs a number
    example.found({ records: '1', tables: 2, owner: 'Anna' })
    example.found({ records: 1, tables: 2, owner: 'Anna' })
  }

  expect(calls).toBeTypeOf('function')
})

test('every text has a key of its area and group', () => {
  expect(textsByKey(catalogue).map(([key]) => key)).toEqual([
    'example.title',
    'example.greeting',
    'example.found',
    'example.tagged',
    'example.quoted',
    'example.status.Paused',
    'example.status.Failed',
  ])
})

test('a message is told from other data', () => {
  expect([{ key: 'a.b' }, { key: 'a.b', params: {} }, { key: 1 }, 'a.b', null, ['key']].map(isMessage)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
