import { openTestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'

const openLab = () =>
  openTestEnvironment({
    plugins: [{ plugin, configuration: '{ "parent": "region", "child": "store", "lookup": "regionid", "count": "stores" }' }],
    model: {
      tables: { region: { columns: { stores: 'Integer' } }, store: {} },
      relationships: [{ name: 'stores', referenced: 'region', referencing: 'store', attribute: 'regionid', behavior: 'Parental' }],
    },
    records: {
      region: [
        { id: 'North', stores: 0 },
        { id: 'South', stores: 0 },
      ],
    },
  })

test('tables and columns can be others', async () => {
  await using lab = await openLab()

  await lab.create('store/S', { regionid: 'region/North' })
  await lab.update('store/S', { regionid: 'region/South' })

  expect(lab.retrieve('region/North').stores).toBe(0)
  expect(lab.retrieve('region/South').stores).toBe(1)
})

test('a request that names the lookup without changing it changes no count', async () => {
  await using lab = await openLab()
  await lab.create('store/S', { regionid: 'region/North' })

  await lab.update('store/S', { regionid: 'region/North', name: 'Renamed' })

  expect(lab.retrieve('region/North').stores).toBe(1)
  expect(lab.runs({ message: 'Update', record: 'region/North' })).toHaveLength(1)
})

test('a refused move leaves both counts as they were', async () => {
  await using lab = await openLab()
  await lab.create('store/S', { regionid: 'region/North' })
  await lab.installPlugin({
    name: 'no-moves',
    version: '1.0.0',
    apiVersion: 1,
    steps: [
      {
        message: 'Update',
        table: 'store',
        stage: 'PostOperation',
        rank: 1000,
        handler() {
          throw new Error('Stores stay')
        },
      },
    ],
  })

  await expect(lab.update('store/S', { regionid: 'region/South' })).rejects.toMatchObject({ code: '0x80040224' })

  expect(lab.retrieve('region/North').stores).toBe(1)
  expect(lab.retrieve('region/South').stores).toBe(0)
})

test('a model without the column for the count refuses the installation', async () => {
  const opening = openTestEnvironment({ plugins: [plugin], model: { tables: { account: {}, contact: {} } } })

  await expect(opening).rejects.toMatchObject({ code: 'PLUGIN_INVALID' })
})
