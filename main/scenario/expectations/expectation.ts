import type { CascadeMode, Preview } from '#engine/contract/cascades'
import type { ErrorData } from '#engine/contract/errors'
import type { JobDetails } from '#engine/contract/jobs'
import type { RecordRef } from '#engine/contract/records'
import type { Path } from '../../commerce/channels/operation.ts'
import type { LogMarks } from '../../commerce/store/logs.ts'
import type { Workbench, WorkbenchUser } from '../../workbench/workbench.ts'
import type { Aliases, RecordKey } from '../cells.ts'
import type { CommerceAliases } from '../commerce-aliases.ts'
import type { Names } from '../names.ts'
import type { StepOutcome } from '../operations/operation.ts'
import type { Position } from '../scenario-error.ts'
import type { Shape } from '../shape.ts'
import type { SourceNode } from '../source.ts'

/** The result of a step, which its expectations examine. */
export interface Observed {
  workbench: Workbench
  /** Who reads the records, jobs and steps that are expected. */
  observer: WorkbenchUser
  aliases: Aliases
  outcome: StepOutcome
  mode: CascadeMode | null
  affected: number | null
  error: ErrorData | null
  job: JobDetails | null
  preview: Preview | null
  /** Number of the last message announced before the step. */
  announcedBefore: number
  /** Number of the last plug-in run before the step. */
  runsBefore: number
  /** Accounts of the customers that the file names. */
  commerce: CommerceAliases
  /** How an operation of a channel was done. */
  path: Path | null
  /** Numbers of the last call, conflict and batch run before the step. */
  commerceBefore: LogMarks
}

/** One comparison, as the report shows it: plain data. */
export interface ExpectationLine {
  /** What was compared: `records.contact/K2.parentcustomerid`. */
  path: string
  expected: unknown
  actual: unknown
  held: boolean
}

export type Evaluate = (observed: Observed) => ExpectationLine[] | Promise<ExpectationLine[]>

/** A key of `expect` whose shape has been checked, but not its names. */
export interface StatedExpectation {
  key: string
  at: Position
  /** Checks the names and returns the comparison. */
  prepare(names: Names): Evaluate
}

export interface ExpectationKind {
  key: string
  state(node: SourceNode, at: Position): StatedExpectation
}

/** Defines an entry of the table of expectations. */
export function defineExpectation<F, P>(expectation: {
  key: string
  shape: Shape<F>
  check(stated: F, names: Names): P
  evaluate: (prepared: P, observed: Observed) => ExpectationLine[] | Promise<ExpectationLine[]>
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
          return (observed) => evaluate(prepared, observed)
        },
      }
    },
  }
}

/** The check of expectations that contain no names. */
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

/** Expects a record, which both sides of the report name as the file does. */
export function recordLine(path: string, expected: RecordKey, actual: RecordRef | null | undefined, aliases: Aliases): ExpectationLine {
  return equal(path, aliases.textOf(aliases.refOf(expected)), actual ? aliases.textOf(actual) : null)
}

/** Expects exactly these records, in any order. */
export function sameRecords(path: string, expected: readonly RecordKey[], actual: readonly RecordRef[], aliases: Aliases): ExpectationLine {
  const [wanted, found] = [expected.map((key) => aliases.refOf(key)), actual].map((refs) =>
    [...new Set(refs.map((ref) => aliases.textOf(ref)))].sort(),
  )
  return { path, expected: wanted, actual: found, held: JSON.stringify(wanted) === JSON.stringify(found) }
}

/** Expects one text of a list to match; the report shows the whole list if none does. */
export function matchesSome(path: string, expected: RegExp, actual: readonly string[]): ExpectationLine {
  const found = actual.find((each) => expected.test(each))
  return { path, expected: `/${expected.source}/`, actual: found ?? actual, held: found !== undefined }
}
