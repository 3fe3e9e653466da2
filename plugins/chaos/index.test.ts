import { openTestEnvironment, type TestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import { share } from './choice.ts'
import plugin from './index.ts'

const ACCOUNTS = Array.from({ length: 40 }, (_, index) => ({ id: `A${index}` }))

const openLab = (settings: Record<string, unknown>) =>
  openTestEnvironment({
    plugins: [{ plugin, configuration: JSON.stringify(settings) }],
    model: { tables: { account: {} } },
    records: { account: ACCOUNTS },
  })

async function failing(lab: TestEnvironment): Promise<string[]> {
  const failed: string[] = []
  for (const { id } of ACCOUNTS) await lab.update(`account/${id}`, { name: id }).catch(() => failed.push(id))
  return failed
}

test('a share of the records fails, the same ones in every run', async () => {
  await using one = await openLab({ rate: 0.25 })
  await using other = await openLab({ rate: 0.25 })

  const failed = await failing(one)

  expect(failed.length).toBeGreaterThan(0)
  expect(failed.length).toBeLessThan(ACCOUNTS.length)
  expect(await failing(one)).toEqual(failed)
  expect(await failing(other)).toEqual(failed)
})

test('another seed chooses others', async () => {
  await using one = await openLab({ rate: 0.25 })
  await using other = await openLab({ rate: 0.25, seed: 'another' })

  expect(await failing(other)).not.toEqual(await failing(one))
})

test('ids that differ in their end only fall evenly', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `0197a4c0-0000-7000-8000-${index.toString(16).padStart(12, '0')}`)
  const tenths = Array.from({ length: 10 }, (_, tenth) => ids.filter((id) => Math.floor(share(id) * 10) === tenth).length)

  expect(Math.min(...tenths)).toBeGreaterThan(850)
  expect(Math.max(...tenths)).toBeLessThan(1150)
})

test('records can be chosen by their ids', async () => {
  await using lab = await openTestEnvironment({ model: { tables: { account: {} } }, records: { account: ACCOUNTS } })
  await lab.installPlugin(plugin, JSON.stringify({ records: [lab.idOf('account/A7')] }))

  expect(await failing(lab)).toEqual(['A7'])
})

test('a refusal has the code of a refusal', async () => {
  await using lab = await openLab({ rate: 1, as: 'refusal' })

  await expect(lab.delete('account/A1')).rejects.toMatchObject({ code: '0x80040265', message: expect.stringContaining('Chaos: Delete') })
})

test('in a job a record passes after its failed tries', async () => {
  await using lab = await openTestEnvironment({
    plugins: [{ plugin, configuration: '{ "recoversAfter": 2 }' }],
    model: {
      tables: { account: {} },
      relationships: [{ name: 'tree', referenced: 'account', referencing: 'account', attribute: 'parentaccountid', behavior: 'Parental' }],
    },
    records: {
      account: [
        { id: 'A', ownerid: 'alice' },
        { id: 'B', parentaccountid: 'account/A', name: 'Chaos', ownerid: 'alice' },
      ],
    },
  })

  const { outcome, job } = await lab.assign('account/A', 'bob', { mode: 'Async' })

  expect(outcome).toBe('Completed')
  expect(job?.retryCount).toBe(2)
  expect(lab.runs({ record: 'account/B' }).map((run) => run.outcome)).toEqual(['failed', 'failed', 'done'])
})

test.each([
  ['{ "rate": 2 }', '"rate" is a number from 0 to 1'],
  ['{ "as": "crash" }', '"as" is "failure" or "refusal"'],
  ['{ "names": "(" }', 'regular expression'],
  ['{ "name": "x" }', '"name" is no setting of chaos'],
])('the configuration %s is refused', (configuration, message) => {
  expect(() => plugin(configuration)).toThrow(message)
})
