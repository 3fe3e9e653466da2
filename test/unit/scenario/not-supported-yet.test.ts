import { describe, expect, test } from 'vitest'
import { LINES_BEFORE, refusalOf, withAccounts } from './read.ts'

const record = 'records: { account: [ { id: A } ] }\n'
const step = (text: string) => `${record}steps:\n  - ${text}`

describe('what this version cannot run yet is named with its place, never skipped', () => {
  test.each([
    ['security', 'security: { users: { alice: {} } }', [1, 1]],
    ['share', step('share: { record: account/A, with: bob, rights: [Read] }'), [3, 5]],
    ['unshare', step('unshare: { record: account/A, with: bob }'), [3, 5]],
    ['setUser', step('setUser: { user: bob, roles: [System Administrator] }'), [3, 5]],
    ['setUser', step('setUser: { user: bob, disabled: true, businessUnit: root }'), [3, 5]],
    ['cleanUpInheritedAccess', step('cleanUpInheritedAccess: { relationship: contact_manager }'), [3, 5]],
    [
      'unshare',
      step(
        '{ delete: { record: account/A }, during: [ { at: { beforeAttempt: 2 }, do: { unshare: { record: account/A, with: bob } } } ] }',
      ),
      [3, 82],
    ],
    [
      'shares',
      step(
        '{ delete: { record: account/A }, during: [ { at: { afterPlan: true }, do: { check: {} }, expect: { shares: [ { record: account/A, with: bob } ] } } ] }',
      ),
      [3, 104],
    ],
    ['access', step('{ check: {}, expect: { access: [ { user: bob, record: account/A, rights: [Read] } ] } }'), [3, 28]],
    ['shares', step('{ check: {}, expect: { shares: [ { record: account/A, with: bob, direct: [] } ] } }'), [3, 28]],
  ] as const)('%s', (what, text, [line, column]) => {
    const refusal = refusalOf(withAccounts(text))

    expect(refusal).toMatchObject({ code: 'NOT_SUPPORTED', line: line + LINES_BEFORE, column })
    expect(refusal.message).toContain(`"${what}"`)
  })

  test('the first of a file is named', () => {
    const refusal = refusalOf(withAccounts('security: {}\nsteps:\n  - cleanUpInheritedAccess: { relationship: contact_manager }'))

    expect(refusal).toMatchObject({ code: 'NOT_SUPPORTED', line: 1 + LINES_BEFORE })
  })

  test('but a mistake elsewhere in the file comes first', () => {
    const refusal = refusalOf(withAccounts('security: {}\nsteps:\n  - delete: { record: account/X }'))

    expect(refusal).toMatchObject({ code: 'SCENARIO_INVALID', line: 3 + LINES_BEFORE })
  })
})
