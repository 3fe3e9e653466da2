import { describe, expect, test } from 'vitest'
import { keyText } from '../../../main/scenario/cells.ts'
import { read, withAccounts } from './read.ts'

const rowsOf = (text: string) => read(withAccounts(text)).rows.map(({ key, cells }) => [keyText(key), cells])
const to = (table: string, id: string) => ({ table, id })

describe('records', () => {
  test('come in the order of the file, with values by the type of their column', () => {
    const rows = rowsOf(
      'records: { contact: [ { id: C } ], account: [ { id: A, name: Contoso, creditlimit: 12.5, opened: 2026-01-31, vip: true, size: 3, statecode: 1, ownerid: alice } ] }',
    )

    expect(rows).toEqual([
      ['contact/C', {}],
      [
        'account/A',
        {
          name: 'Contoso',
          creditlimit: 12.5,
          opened: '2026-01-31T00:00:00.000Z',
          vip: true,
          size: 3,
          statecode: 1,
          ownerid: to('systemuser', 'alice'),
        },
      ],
    ])
  })

  test('may point to rows further down, and to themselves', () => {
    const rows = rowsOf('records: { contact: [ { id: C, managerid: contact/D }, { id: D, managerid: contact/D } ] }')

    expect(rows).toEqual([
      ['contact/C', { managerid: to('contact', 'D') }],
      ['contact/D', { managerid: to('contact', 'D') }],
    ])
  })

  test('may have literal GUIDs, as their own ids and as links that dangle', () => {
    const guid = 'AAAAAAAA-0000-4000-8000-00000000000A'
    const rows = rowsOf(
      `records: { account: [ { id: ${guid} } ], contact: [ { id: C, parentcustomerid: account/BBBBBBBB-0000-4000-8000-00000000000B }, { id: D, parentcustomerid: ${guid} } ] }`,
    )

    expect(rows).toEqual([
      [`account/${guid.toLowerCase()}`, {}],
      ['contact/C', { parentcustomerid: to('account', 'bbbbbbbb-0000-4000-8000-00000000000b') }],
      ['contact/D', { parentcustomerid: to('account', guid.toLowerCase()) }],
    ])
  })

  test('take an alias that YAML reads as a number as it is written', () => {
    expect(rowsOf('records: { account: [ { id: 007 } ], contact: [ { id: C, parentcustomerid: account/007 } ] }')[0]?.[0]).toBe(
      'account/007',
    )
  })
})

describe('generate', () => {
  test('makes so many rows', () => {
    expect(rowsOf('generate: [ { table: account, id: G, count: 2, set: { name: X } } ]')).toEqual([
      ['account/G1', { name: 'X' }],
      ['account/G2', { name: 'X' }],
    ])
  })

  test('makes rows under every parent that exists so far', () => {
    const rows = rowsOf(`records: { account: [ { id: A } ] }
generate:
  - { table: account, id: B, count: 1 }
  - { table: contact, id: C, per: account, attribute: parentcustomerid, count: 2 }
  - { table: account, id: L, count: 1 }`)

    expect(rows.filter(([key]) => String(key).startsWith('contact'))).toEqual([
      ['contact/C1', { parentcustomerid: to('account', 'A') }],
      ['contact/C2', { parentcustomerid: to('account', 'A') }],
      ['contact/C3', { parentcustomerid: to('account', 'B1') }],
      ['contact/C4', { parentcustomerid: to('account', 'B1') }],
    ])
  })

  test('makes one row for each parent unless told otherwise, also in the parents own table', () => {
    const rows = rowsOf(`records: { account: [ { id: A }, { id: B } ] }
generate: [ { table: account, id: S, per: account, attribute: parentaccountid } ]`)

    expect(rows.slice(2)).toEqual([
      ['account/S1', { parentaccountid: to('account', 'A') }],
      ['account/S2', { parentaccountid: to('account', 'B') }],
    ])
  })

  test.each([
    ['by a value', '{ name: X }', ['A']],
    ['by the state, which is active unless given', '{ statecode: 0 }', ['A', 'B']],
    ['by another state', '{ statecode: 1 }', ['C']],
    ['by the owner, who is admin unless given', '{ ownerid: admin }', ['A', 'C']],
    ['by a lookup', '{ parentaccountid: account/A }', ['B']],
    ['by an empty column', '{ parentaccountid: null, statecode: 0 }', ['A']],
    ['not at all', '{}', ['A', 'B', 'C']],
  ])('chooses parents %s', (_, where, parents) => {
    const rows =
      rowsOf(`records: { account: [ { id: A, name: X }, { id: B, ownerid: bob, parentaccountid: account/A }, { id: C, statecode: 1 } ] }
generate: [ { table: contact, id: K, per: account, attribute: parentcustomerid, where: ${where} } ]`)

    expect(rows.slice(3).map(([, cells]) => cells)).toEqual(parents.map((id) => ({ parentcustomerid: to('account', id) })))
  })

  test('makes a chain, each row the parent of the next', () => {
    expect(rowsOf('generate: [ { table: account, id: H, chain: 3, attribute: parentaccountid, set: { name: X } } ]')).toEqual([
      ['account/H1', { name: 'X' }],
      ['account/H2', { name: 'X', parentaccountid: to('account', 'H1') }],
      ['account/H3', { name: 'X', parentaccountid: to('account', 'H2') }],
    ])
  })
})

describe('users', () => {
  test('exist when the file names them anywhere, and admin always', () => {
    const { users } = read(
      withAccounts(`records: { account: [ { id: A, ownerid: alice } ] }
steps:
  - { assign: { record: account/A, to: bob }, as: carol, expect: { records: { account/A: { ownerid: dave, createdby: erin } }, count: [ { table: account, where: { ownerid: frank }, equals: 0 } ] } }`),
    )

    expect(users.toSorted()).toEqual(['admin', 'alice', 'bob', 'carol', 'dave', 'erin', 'frank'])
  })
})
