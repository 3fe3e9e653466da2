import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunReport } from '../../../main/scenario/report.ts'
import { runFiles } from '../../../main/scenario/run-files.ts'
import { findScenarioFiles } from '../../../main/scenario/scenario-files.ts'

const folder = join(import.meta.dirname, '../../scenarios')

/** What a report says of everything that did not turn out as the file expects. */
const troubles = ({ scenarios }: RunReport) =>
  scenarios.flatMap(({ file, error, steps }) => [
    ...(error === undefined ? [] : [{ file, error }]),
    ...steps.flatMap(({ index, expectations, error }) =>
      expectations.filter(({ held }) => !held).map((line) => ({ file, step: index, error, ...line })),
    ),
  ])

describe('every expectation holds in', () => {
  test.each(findScenarioFiles([folder]).map((path) => [path.slice(folder.length + 1), path]))('%s', async (_, path) => {
    const report = await runFiles([path])

    expect(troubles(report)).toEqual([])
    expect(report).toMatchObject({ passed: 1, failed: 0 })
  })
})

test('two runs of the same files give the same report except for the time they took', async () => {
  const withoutTime = (report: RunReport) => JSON.stringify(report, (key, value: unknown) => (key === 'durationMs' ? 0 : value))
  const paths = ['merge', 'modes/thresholds.yaml', 'jobs'].map((name) => join(folder, name))

  const [first, second] = [await runFiles(paths), await runFiles(paths)]

  expect(withoutTime(second)).toBe(withoutTime(first))
})
