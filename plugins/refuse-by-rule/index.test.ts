import { openTestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'
import { type Condition, fits, readRules } from './rules.ts'

const REFERENCE = { table: 'account', id: '0197a4c0-0000-7000-8000-000000000001' }

test.each<[Condition, Parameters<typeof fits>[0][string], boolean]>([
  [1, 1, true],
  [1, 2, false],
  [null, null, true],
  [null, 0, false],
  [[1, 2], 2, true],
  [[1, 2], 3, false],
  [{ not: 1 }, 2, true],
  [{ not: null }, null, false],
  [{ above: 10 }, 11, true],
  [{ above: 10 }, 10, false],
  [{ above: 10 }, null, false],
  [{ below: 10 }, 9, true],
  [{ below: 10 }, 10, false],
  [{ matches: '^test' }, 'Testing', true],
  [{ matches: '^test' }, 'A test', false],
  [{ matches: '^test' }, 5, false],
  [REFERENCE, { id: REFERENCE.id, table: REFERENCE.table }, true],
  [REFERENCE, { ...REFERENCE, table: 'contact' }, false],
])('the condition %j on %j: %s', (condition, value, expected) => {
  expect(fits({ column: value as never }, { column: condition })).toBe(expected)
})

test('every condition has to fit, and no condition fits everything', () => {
  expect(fits({ a: 1, b: 2 }, { a: 1, b: 2 })).toBe(true)
  expect(fits({ a: 1, b: 2 }, { a: 1, b: 3 })).toBe(false)
  expect(fits({}, { a: null })).toBe(true)
  expect(fits({})).toBe(true)
})

test.each([
  ['{}', 'The configuration is a list of rules'],
  ['[{ "message": "Update", "tabel": "account", "refuse": "No" }]', 'Rule 1 has "tabel"'],
  ['[{ "message": "Update", "table": "account" }]', 'Rule 1 needs "refuse", a text'],
  ['[{ "message": "Create", "table": "account", "before": { "name": "A" }, "refuse": "No" }]', 'Rule 1 is about Create'],
])('the configuration %s is refused', (configuration, message) => {
  expect(() => readRules(configuration)).toThrow(message)
})

const openLab = (rules: unknown[]) =>
  openTestEnvironment({
    plugins: [{ plugin, configuration: JSON.stringify(rules) }],
    model: { tables: { account: { columns: { creditlimit: 'Money' } } } },
    records: { account: [{ id: 'A', name: 'Contoso', creditlimit: 1000 }] },
  })

test('a rule sees what the row would hold, and fills it into its sentence', async () => {
  const refuse = '{name} wants {creditlimit}, which needs consent.'
  await using lab = await openLab([{ message: 'Update', table: 'account', after: { creditlimit: { above: 5000 } }, refuse }])

  await lab.update('account/A', { creditlimit: 5000 })
  const refused = lab.update('account/A', { creditlimit: 5001, name: 'Contoso Ltd' })

  await expect(refused).rejects.toMatchObject({ code: '0x80040265', message: 'Contoso Ltd wants 5001, which needs consent.' })
  expect(lab.retrieve('account/A')).toMatchObject({ creditlimit: 5000, name: 'Contoso' })
})

test('a rule for Create sees the columns of the request', async () => {
  await using lab = await openLab([{ message: 'Create', table: 'account', after: { name: null }, refuse: 'Give it a name.' }])

  await expect(lab.create('account/B')).rejects.toMatchObject({ code: '0x80040265', message: 'Give it a name.' })
  await lab.create('account/C', { name: 'Named' })

  expect(lab.count('account')).toBe(2)
})

test('a rule without conditions refuses always', async () => {
  await using lab = await openLab([{ message: 'Delete', table: 'account', refuse: 'Nothing is deleted here.' }])

  await expect(lab.delete('account/A')).rejects.toMatchObject({ message: 'Nothing is deleted here.' })
})
