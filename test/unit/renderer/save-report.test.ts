import { expect, test } from 'vitest'
import type { ImportReport } from '#engine/contract/transfer'
import { findingText } from '#text/english/findings'
import { reportJson, reportPage } from '../../../renderer/features/transfer/save-report.ts'
import { words } from '../../support/words.ts'

const report: ImportReport = {
  sources: [],
  standard: { tables: 2, relationships: 5 },
  total: { tables: 5, relationships: 9, manyToMany: 0 },
  parental: [],
  restrict: [
    {
      schemaName: 'abc_<port>_ship',
      referenced: 'abc_port',
      referencing: 'abc_ship',
      attribute: 'abc_portid',
      cascade: {
        Assign: 'NoCascade',
        Delete: 'Restrict',
        Merge: 'NoCascade',
        Reparent: 'NoCascade',
        Share: 'NoCascade',
        Unshare: 'NoCascade',
        RollupView: 'NoCascade',
        Archive: 'NoCascade',
      },
    },
  ],
  processes: [],
  roles: [],
  changes: [],
  stubs: [],
  lines: [{ kind: 'skipped', text: findingText.tableUnnamed, count: 1, examples: ['a & b'] }],
  recordsInserted: 0,
  recordsUpdated: 0,
  durationMs: 1,
}

test('a report is saved as a page with the names behind each number, whatever they contain', () => {
  const page = reportPage(report, 'Ships <1>', words)

  expect(page).toContain('<title>Ships &lt;1&gt;</title>')
  expect(page).toContain(
    '<summary>1 relationships that restrict a delete</summary><ul><li>abc_&lt;port&gt;_ship abc_port → abc_ship.abc_portid</li>',
  )
  expect(page).toContain('a &amp; b')
  expect(page).not.toContain('<port>')
})

test('a report is saved as JSON with its texts as they are shown', () => {
  expect(JSON.parse(reportJson(report, words))).toMatchObject({
    lines: [{ text: 'Tables without a name', count: 1 }],
    total: { tables: 5 },
  })
})
