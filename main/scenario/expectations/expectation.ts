import type { CascadeMode, Preview } from '#engine/contract/cascades'
import type { ErrorData } from '#engine/contract/errors'
import type { JobDetails } from '#engine/contract/jobs'
import type { Workbench } from '../../workbench/workbench.ts'
import type { Aliases } from '../cells.ts'
import type { Names } from '../names.ts'
import type { StepOutcome } from '../operations/operation.ts'
import type { Position } from '../scenario-error.ts'
import type { Shape } from '../shape.ts'
import type { SourceNode } from '../source.ts'

/** What a step came to, for its expectations to look at. */
export interface Observed {
  workbench: Workbench
  aliases: Aliases
  outcome: StepOutcome
  mode: CascadeMode | null
  affected: number | null
  error: ErrorData | null
  job: JobDetails | null
  preview: Preview | null
  /** The last message that was announced before the step began. */
  announcedBefore: number
  /** The last run of a plug-in step before the step began. */
  runsBefore: number
}

/** One thing that was expected, as the report shows it: plain data. */
export interface ExpectationLine {
  /** What was looked at: `records.contact/K2.parentcustomerid`. */
  path: string
  expected: unknown
  actual: unknown
  held: boolean
}

export type Evaluate = (observed: Observed) => ExpectationLine[] | Promise<ExpectationLine[]>

/** A key of `expect` as a step states it: its shape is right, its names are not checked yet. */
export interface StatedExpectation {
  key: string
  at: Position
  /** Checks the names and gives what compares; `null` where this version cannot compare it yet. */
  prepare(names: Names): Evaluate | null
}

export interface ExpectationKind {
  key: string
  state(node: SourceNode, at: Position): StatedExpectation
}

/** An entry of the table of expectations. */
export function defineExpectation<F, P>(expectation: {
  key: string
  shape: Shape<F>
  check(stated: F, names: Names): P
  /** Left out where this version cannot compare it yet. */
  evaluate?: (prepared: P, observed: Observed) => ExpectationLine[] | Promise<ExpectationLine[]>
}): ExpectationKind {
  const { key, shape, check, evaluate } = expectation
  return {
    key,
    state(node, at) {
      const stated = shape(node)
      return {
        key,
        at,
        prepare(names) {
          const prepared = check(stated, names)
          return evaluate === undefined ? null : (observed) => evaluate(prepared, observed)
        },
      }
    },
  }
}

/** For expectations that name nothing. */
export const asStated = <T>(stated: T): T => stated

export const equal = (path: string, expected: unknown, actual: unknown): ExpectationLine => ({
  path,
  expected,
  actual,
  held: expected === actual,
})

export const matches = (path: string, expected: RegExp, actual: string | null): ExpectationLine => ({
  path,
  expected: `/${expected.source}/`,
  actual,
  held: actual !== null && expected.test(actual),
})

/** Whether some text of a list matches; the report shows the whole list where none does. */
export function matchesSome(path: string, expected: RegExp, actual: readonly string[]): ExpectationLine {
  const found = actual.find((each) => expected.test(each))
  return { path, expected: `/${expected.source}/`, actual: found ?? actual, held: found !== undefined }
}
