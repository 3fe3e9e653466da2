import { openTestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'

const model = { tables: { account: {}, contact: {} } }
const records = { account: [{ id: 'A' }], contact: [{ id: 'C' }] }

test('only what is configured takes longer', async () => {
  await using lab = await openTestEnvironment({
    plugins: [{ plugin, configuration: '{ "table": "contact", "messages": ["Delete"], "milliseconds": 1 }' }],
    model,
    records,
  })

  await lab.delete('account/A')
  await lab.update('contact/C', { name: 'Renamed' })
  await lab.delete('contact/C')

  expect(lab.trace()).toEqual(['Took 1 ms on purpose'])
})

test('what takes longer than the limit is stopped, and its record stays', async () => {
  await using lab = await openTestEnvironment({
    plugins: [{ plugin: import.meta.dirname, configuration: '{ "milliseconds": 60000 }' }],
    model,
    records,
    settings: { pluginTimeoutSeconds: 2 },
  })

  await expect(lab.delete('account/A')).rejects.toMatchObject({ code: '0x80081111', message: expect.stringContaining('slow-down') })

  expect(lab.exists('account/A')).toBe(true)
})

test('a time below zero refuses the installation', () => {
  expect(() => plugin('{ "milliseconds": -1 }')).toThrow('"milliseconds" is a number from 0 on')
})
