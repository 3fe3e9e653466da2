import { expect, test } from 'vitest'
import type { Preview, ThresholdOperation } from '#engine/contract/cascades'
import type { Settings } from '#engine/contract/settings'
import { inEnglish } from '#text/english'
import { openLab, refusalOf } from '../../support/engine.ts'

/** An account with so many contacts that a cascade affects `affected` records in all. */
const openTree = (affected: number, settings: Partial<Settings> = {}) =>
  openLab(
    {
      tables: { account: {}, contact: {} },
      relationships: ['account > contact.parentcustomerid Assign=Cascade Delete=Cascade Merge=Cascade'],
    },
    { settings },
  ).rows({
    account: { A: { ownerid: 'alice' }, T: {} },
    contact: Object.fromEntries(Array.from({ length: affected - 1 }, (_, index) => [`C${index}`, { parentcustomerid: 'A' }])),
  })

const requestOf = (lab: ReturnType<typeof openTree>, operation: ThresholdOperation) =>
  ({ Assign: () => lab.assign('A', 'bob'), Delete: () => lab.delete('A'), Merge: () => lab.merge('A', 'T') })[operation]()

const modeOf = ({ mode, modeReason }: Preview) => ({ mode, modeReason: inEnglish(modeReason) })

const modesAt = (affected: number, settings: Partial<Settings>) => {
  const lab = openTree(affected, settings)
  return (['Assign', 'Delete', 'Merge'] as const).map((operation) => lab.plan(requestOf(lab, operation)).mode)
}

test('a cascade that meets the threshold is asynchronous, a smaller one synchronous [MD1]', () => {
  const thresholds = { Assign: 5, Delete: 5, Merge: 5 }

  expect(modesAt(4, { thresholds })).toEqual(['Sync', 'Sync', 'Sync'])
  expect(modesAt(5, { thresholds })).toEqual(['Async', 'Async', 'Async'])
})

test('the preview says why, with both numbers [MD1]', () => {
  const lab = openTree(3, { thresholds: { Assign: 3, Delete: 1_234, Merge: 0 } })

  expect(modeOf(lab.plan(lab.assign('A', 'bob')))).toEqual({
    mode: 'Async',
    modeReason: 'Asynchronous because 3 affected records ≥ 3, the threshold for Assign',
  })
  expect(modeOf(lab.plan(lab.delete('A')))).toEqual({
    mode: 'Sync',
    modeReason: 'Synchronous because 3 affected records < 1,234, the threshold for Delete',
  })
})

test('each operation has a threshold of its own [MD2]', () => {
  expect(modesAt(5, { thresholds: { Assign: 6, Delete: 5, Merge: 4 } })).toEqual(['Sync', 'Async', 'Async'])
})

test('a year’s documentation brings its thresholds [MD2]', () => {
  const reasons = (thresholds: Settings['thresholds']) => {
    const lab = openTree(2, { thresholds })
    return (['Assign', 'Delete', 'Merge'] as const).map(
      (operation) => /[≥<] ([\d,]+),/.exec(modeOf(lab.plan(requestOf(lab, operation))).modeReason)?.[1],
    )
  }

  expect(reasons('docs-current')).toEqual(['1,000', '5,000', '1,000'])
  expect(reasons('docs-2023')).toEqual(['1,000', '10,000', '1,000'])
  expect(reasons('docs-2020')).toEqual(['1,000', '10,000', '0'])
  expect(modesAt(2, { thresholds: 'docs-2020' })).toEqual(['Sync', 'Sync', 'Async'])
})

test('the thresholds of 1,000 count the root [MD1, MD2]', () => {
  expect(modesAt(999, {})).toEqual(['Sync', 'Sync', 'Sync'])
  expect(modesAt(1_000, {})).toEqual(['Async', 'Sync', 'Async'])
})

test('with asynchronous cascades switched off everything is synchronous [MD3]', () => {
  expect(modesAt(5, { asyncCascades: false, thresholds: { Assign: 0, Delete: 0, Merge: 0 } })).toEqual(['Sync', 'Sync', 'Sync'])
})

test('a mode that is asked for goes before the threshold, not before the switch [MD3]', () => {
  const lab = openTree(2, { asyncCascades: false, thresholds: { Assign: 0, Delete: 5, Merge: 0 } })
  expect(modeOf(lab.plan(lab.delete('A'), 'Async'))).toEqual({
    mode: 'Sync',
    modeReason: 'Synchronous because asynchronous cascades are switched off in the settings',
  })

  lab.engine.changeSettings({ asyncCascades: true })

  expect(modeOf(lab.plan(lab.delete('A'), 'Async'))).toEqual({ mode: 'Async', modeReason: 'Asynchronous because it was asked for' })
  expect(modeOf(lab.plan(lab.assign('A', 'bob'), 'Sync'))).toEqual({ mode: 'Sync', modeReason: 'Synchronous because it was asked for' })
})

test('settings are checked as a whole before any is changed [MD2, EF5]', () => {
  const lab = openTree(1)
  const before = lab.engine.settings()
  const wrong: [Record<string, unknown>, object][] = [
    [{ batchSize: 7, shoeSize: 1 }, { setting: 'shoeSize' }],
    [
      { asyncCascades: false, batchSize: 0 },
      { setting: 'batchSize', value: 0 },
    ],
    [{ batchSize: 1.5 }, { setting: 'batchSize', value: 1.5 }],
    [{ asyncCascades: 1 }, { setting: 'asyncCascades', value: 1 }],
    [{ thresholds: 'docs-1999' }, { setting: 'thresholds', value: 'docs-1999' }],
    [{ thresholds: { Assign: 1, Delete: 2 } }, { setting: 'thresholds' }],
    [{ thresholds: { Assign: 1, Delete: 2, Merge: -1 } }, { setting: 'thresholds' }],
  ]

  for (const [change, details] of wrong)
    expect(refusalOf(() => lab.engine.changeSettings(change as Partial<Settings>))).toMatchObject({ code: 'INPUT_INVALID', details })

  expect(lab.engine.settings()).toEqual(before)
})

test('settings are kept, and another connection sees them at once [MD2]', () => {
  const lab = openTree(5)
  const other = lab.another()

  lab.engine.changeSettings({ thresholds: { Assign: 5, Delete: 6, Merge: 7 }, batchSize: 3 })

  expect(other.settings()).toEqual(lab.engine.settings())
  expect(other.as('admin').planCascade(lab.assign('A', 'bob'), 'Auto').mode).toBe('Async')
  expect(lab.reopen().settings()).toMatchObject({ thresholds: { Assign: 5, Delete: 6, Merge: 7 }, batchSize: 3 })
})
