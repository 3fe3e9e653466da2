import { describe, expect, test } from 'vitest'
import { LINES_BEFORE, refusalOf, withAccounts } from './read.ts'

/** The expectation of a step, its column in the line, and what the refusal says. */
const CASES: [title: string, expect: string, column: number, message: RegExp][] = [
  ['a misspelt record', '{ error: { recrod: account/A } }', 12, /Unknown key "recrod" in an error\. Did you mean "record"\?/],
  ['a record of an error without its table', '{ error: { record: A } }', 20, /Expected a record as table\/id, found "A"/],
  ['a record of an error without its id', '{ error: { record: account/ } }', 20, /Expected a record as table\/id, found "account\/"/],
  [
    'a record of a table that is not declared',
    '{ error: { record: acount/A } }',
    20,
    /There is no table "acount" in the model\. Did you mean "account"\?/,
  ],
  [
    'a record that the file neither defines nor creates',
    '{ error: { record: account/AB } }',
    20,
    /neither defines nor creates a record account\/AB/,
  ],
  ['several records of an error', '{ error: { record: [account/A] } }', 20, /Expected a record as table\/id, found a list/],
  ['a record of an error that is a number', '{ error: { record: 7 } }', 20, /Expected a record as table\/id, found the number 7/],
  ['no record', '{ error: { record: null } }', 20, /Expected a record as table\/id, found/],
  ['a record beside the error', '{ record: account/A }', 3, /Unknown key "record" in expect\./],
  ['a failing record beside the job', '{ failing: account/A }', 3, /Unknown key "failing" in expect\./],
  ['a misspelt failing record', '{ job: { failling: account/A } }', 10, /Unknown key "failling" in a job\. Did you mean "failing"\?/],
  ['a failing record without its table', '{ job: { failing: A } }', 19, /Expected a record as table\/id, found "A"/],
  ['a failing record that nobody creates', '{ job: { failing: contact/K } }', 19, /neither defines nor creates a record contact\/K/],
  ['whether a job fails', '{ job: { failing: true } }', 19, /Expected a record as table\/id, found/],
  ['a negative number of records left out', '{ job: { failed: -1 } }', 18, /Expected a whole number/],
  ['a word for the records left out', '{ job: { failed: none } }', 18, /Expected a whole number/],
  ['a part of a record left out', '{ job: { failed: 1.5 } }', 18, /Expected a whole number/],
  [
    'a mapping of the records left out',
    '{ job: { failed: { account: 1 } } }',
    18,
    /Expected a list of records as table\/id, found a mapping/,
  ],
  ['a record left out without its table', '{ job: { failed: [A] } }', 19, /Expected a record as table\/id, found "A"/],
  [
    'a record left out that nobody creates',
    '{ job: { failed: [account/A, account/Z] } }',
    30,
    /neither defines nor creates a record account\/Z/,
  ],
  ['a misspelt mode', '{ mode: Synchronous }', 9, /Expected one of Sync, Async/],
]

describe('a file that expects a record wrongly is refused at its place:', () => {
  test.each(CASES)('%s', (_, expected, column, message) => {
    const before = 'steps: [ { check: {}, expect: '

    const refusal = refusalOf(withAccounts(`records: { account: [ { id: A } ] }\n${before}${expected} } ]`))

    expect(refusal.message).toMatch(message)
    expect(refusal).toMatchObject({ line: LINES_BEFORE + 2, column: before.length + column })
  })
})
