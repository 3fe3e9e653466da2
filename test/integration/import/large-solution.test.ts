import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importSource } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { largeCustomizations } from '../../support/large-solution.ts'
import { temporaryFolder } from '../../support/made-files.ts'

const MB = 1024 * 1024

test('a solution as large as the largest known imports whole in a bounded memory', async () => {
  const path = join(temporaryFolder(), 'customizations.xml')
  const file = openSync(path, 'w')
  let bytes = 0
  for (const part of largeCustomizations()) bytes += writeSync(file, part)
  closeSync(file)
  const environment = newEnvironment()
  const before = process.memoryUsage().rss
  let peak = before

  const report = await importSource(path, {}, environment, () => {
    peak = Math.max(peak, process.memoryUsage().rss)
  })
  peak = Math.max(peak, process.memoryUsage().rss)

  expect(bytes).toBeGreaterThan(30 * MB)
  expect(report.sources).toMatchObject([{ tables: 336, columns: 336 * 24, oneToMany: 2_769 }])
  expect(peak - before).toBeLessThan(300 * MB)
})
