import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { corpusFolder, isCorpusPresent } from '../../support/corpus.ts'
import { cascade } from './command-line.ts'

/** A consultant's afternoon on a published solution: bring it in, fill it, and ask what would happen. */
describe.skipIf(!isCorpusPresent)('Assign, Delete and Merge over a real solution with generated data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-corpus-'))
  const lab = join(folder, 'lab.cascade')
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await cascade(...args, '--json')
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
    return JSON.parse(stdout)
  }

  beforeAll(async () => {
    const solution = 'microsoft+Industry-Accelerator-FinancialServices/CDS.solutions/FinancialServicesCore/Extracts/Base'
    await json('import', join(corpusFolder, solution), '--into', lab)
    await json('generate', '--into', lab, '--table', 'systemuser', '--count', '1', '--set', 'fullname=Dana')
    await json('generate', '--into', lab, '--table', 'account', '--count', '2', '--set', 'name=Large customer')
    await json('generate', '--into', lab, '--table', 'contact', '--count', '700', '--per', 'account', '--attribute', 'parentcustomerid')
    await json('generate', '--into', lab, '--table', 'msfsi_kyc', '--count', '2', '--per', 'contact', '--attribute', 'msfsi_customerid')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const accounts = async (): Promise<string[]> => {
    const { openEngine } = await import('#engine')
    const engine = openEngine({ path: lab, mode: 'open', now: Date.now, newId: () => '' })
    try {
      return engine
        .as('admin')
        .findRecords({ table: 'account', offset: 0, limit: 2 })
        .rows.map(({ id }) => `account/${id}`)
    } finally {
      engine.close()
    }
  }

  test('an assign goes down the customer lookups as a job, a merge moves, and a delete stops at lookups that the solution requires', async () => {
    const [first = '', second = ''] = await accounts()

    const preview = await json('preview', lab, 'assign', first, '--to', 'Dana')
    const assigned = await json('assign', lab, first, '--to', 'Dana', '--mode', 'Async')
    const merged = await json('merge', lab, '--target', first, '--subordinate', second, '--no-parenting-check')
    const { code, stderr } = await cascade('delete', lab, first)

    expect(preview).toMatchObject({ mode: 'Sync', byTable: { account: 1, contact: 700 }, blockedCount: 0 })
    expect(assigned).toMatchObject({ job: { status: 'Completed', total: 701, processed: 701 } })
    expect(merged).toMatchObject({ outcome: 'Completed' })
    expect(code).toBe(1)
    expect(stderr).toContain('0x80048104')
    expect((await accounts()).sort()).toEqual([first, second].sort())
  })
})
