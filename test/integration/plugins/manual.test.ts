import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestEnvironment } from '../../../main/testing/index.ts'
import { samplesOf } from '../../support/manual-samples.ts'
import { readFiles } from '../../support/repository.ts'

const manual = readFiles(['plugins/api/README.md'], ['.md'])[0]?.text ?? ''
const plugins = samplesOf(manual).filter(({ source }) => source.includes('export default'))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cascade-manual-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.each(plugins)('the sample $file of the manual is accepted, and runs contained', async ({ file, source }) => {
  writeFileSync(join(folder, file), source)
  await using lab = await openTestEnvironment({
    plugins: [{ plugin: join(folder, file), configuration: 'acme, test' }],
    model: {
      tables: { account: { columns: { creditlimit: 'Money' } }, salesorder: { columns: { totalamount: 'Money' } } },
      relationships: [
        { name: 'orders', referenced: 'account', referencing: 'salesorder', attribute: 'customerid', behavior: 'Referential' },
      ],
    },
  })

  await lab.create('account/A', { name: 'Contoso', creditlimit: 1000 })
  await lab.create('salesorder/O', { customerid: 'account/A' })
  await lab.assign('account/A', 'bob')

  expect(lab.runs().map(({ outcome }) => outcome)).toEqual(['done'])
})

test('the tests in the manual hold for the plug-in in the manual', async () => {
  writeFileSync(join(folder, 'index.ts'), plugins.find(({ file }) => file === 'index.ts')?.source ?? '')
  await using lab = await openTestEnvironment({
    plugins: [join(folder, 'index.ts')],
    model: {
      tables: { account: {} },
      relationships: [{ name: 'tree', referenced: 'account', referencing: 'account', attribute: 'parentaccountid', behavior: 'Parental' }],
    },
    records: {
      account: [
        { id: 'Open', ownerid: 'alice' },
        { id: 'Closed', ownerid: 'alice', statecode: 1, parentaccountid: 'account/Open' },
      ],
    },
  })

  await expect(lab.assign('account/Open', 'bob')).rejects.toMatchObject({ code: '0x80040265' })
  expect(await lab.assign('account/Open', 'bob', { mode: 'Async' })).toMatchObject({
    outcome: 'Paused',
    job: { processed: 1, attempts: 4 },
  })
  await lab.setState('account/Closed', 0)
  expect(await lab.resume()).toMatchObject({ outcome: 'Completed' })
})
