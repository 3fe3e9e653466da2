import { openTestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import { difference, originOf } from './explanation.ts'
import plugin from './index.ts'

test('a difference names each column that changed, and what steps made of the request', () => {
  const before = { name: 'A', creditlimit: 1000, region: null, modifiedon: '2026-01-01T00:00:00.000Z' }
  const after = { name: 'A', creditlimit: 1800, region: { table: 'region', id: '1' }, modifiedon: '2026-01-02T00:00:00.000Z' }

  expect(difference(before, after, { creditlimit: 2000 })).toEqual([
    'creditlimit: 1000 → 1800, though the request said 2000',
    'region: nothing → region 1',
  ])
})

test('what is asked for directly has no origin', () => {
  expect(originOf({ depth: 1, job: undefined, parentContext: undefined })).toBe('asked for directly, depth 1')
})

test('create, update and delete are explained, each in its own words', async () => {
  await using lab = await openTestEnvironment({ plugins: [plugin], model: { tables: { account: {} } } })

  await lab.create('account/A', { name: 'Contoso' })
  await lab.update('account/A', { name: 'Fabrikam' })
  const id = lab.idOf('account/A')
  await lab.delete('account/A')

  expect(lab.trace({ message: 'Create' })).toContain('name: nothing → "Contoso"')
  expect(lab.trace({ message: 'Update' })).toEqual([
    `Update of account ${id}`,
    'name: "Contoso" → "Fabrikam"',
    'asked for directly, depth 1',
  ])
  expect(lab.trace({ message: 'Delete' })).toEqual([`Delete of account ${id}`, 'asked for directly, depth 1'])
})

test('a nested request names the chain that led to it', async () => {
  await using lab = await openTestEnvironment({
    plugins: [
      plugin,
      {
        name: 'follow',
        version: '1.0.0',
        apiVersion: 1,
        steps: [
          {
            message: 'Create',
            table: 'account',
            stage: 'PostOperation',
            handler({ service }) {
              service.create('contact', { name: 'First contact' })
            },
          },
        ],
      },
    ],
    model: { tables: { account: {}, contact: {} } },
  })

  await lab.create('account/A')

  expect(lab.trace()).toContain(`because of Create of account ${lab.idOf('account/A')}; depth 2`)
})
