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
      tables: {
        account: { columns: { balance: 'Money', creditlimit: 'Money' } },
        salesorder: { columns: { totalamount: 'Money' } },
      },
      relationships: [
        { name: 'orders', referenced: 'account', referencing: 'salesorder', attribute: 'customerid', behavior: 'Referential' },
      ],
    },
  })

  await lab.create('account/A', { name: 'Contoso', balance: 0, creditlimit: 1000 })
  await lab.create('salesorder/O', { customerid: 'account/A' })
  await lab.setState('account/A', 1)

  expect(lab.runs().map(({ outcome }) => outcome)).toEqual(['done'])
})
