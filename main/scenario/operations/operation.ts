import type { CascadeMode, ModeChoice, Preview } from '#engine/contract/cascades'
import type { ErrorData } from '#engine/contract/errors'
import type { JobStatus } from '#engine/contract/jobs'
import type { RecordRef } from '#engine/contract/records'
import type { CommerceOperation, OperationAnswer } from '../../commerce/api/operations.ts'
import type { CascadeWatcher } from '../../workbench/observer.ts'
import type { Workbench, WorkbenchUser } from '../../workbench/workbench.ts'
import type { Aliases } from '../cells.ts'
import type { CommerceAliases } from '../commerce-aliases.ts'
import type { RecordName } from '../format/names-in-text.ts'
import type { Names } from '../names.ts'
import type { Position } from '../scenario-error.ts'
import type { Shape } from '../shape.ts'
import type { SourceNode } from '../source.ts'
import type { VirtualClock } from '../virtual-clock.ts'

/** What an operation needs while it runs. */
export interface StepContext {
  workbench: Workbench
  aliases: Aliases
  /** Who acts. */
  user: WorkbenchUser
  mode: ModeChoice
  /** The job that a step started, by the step's name or `last`; `null` where it started none. */
  jobOf(step: string): string | null
  /** The watcher of the cascade that the operation starts. */
  watcher: CascadeWatcher | null
  /** The job that is stopped while this operation of `during` runs. */
  standing: string | null
  /** Paths of the file are relative to this folder. */
  folder: string
  /** Closes the environment as a crash would and opens it again. */
  crash(): Promise<void>
  /** Accounts of the customers that the file names, and rows of the steps that have names. */
  commerce: CommerceAliases
  clock: VirtualClock
}

/** The result of an operation. A refused one throws the platform's error instead. */
export interface OperationResult {
  /** @default Completed, or the outcome of its job */
  outcome?: StepOutcome
  mode: CascadeMode | null
  affected: number | null
  jobId: string | null
  preview: Preview | null
  error: ErrorData | null
  /** Whether the operation started the job, so that `last` means it from now on. */
  starts?: boolean
  /** Whether the job's end is waited for even in a detached step. */
  waits?: boolean
  /** What came of an operation on asynchronous customers. */
  commerce?: OperationAnswer
}

export const OUTCOMES = ['Completed', 'Paused', 'Failed', 'Cancelled', 'Refused', 'Running'] as const
export type StepOutcome = (typeof OUTCOMES)[number]

/** Returns the outcome for a job's status; an unfinished job counts as Running. */
export const outcomeOfJob = (status: JobStatus): StepOutcome => (status === 'Waiting' || status === 'In Progress' ? 'Running' : status)

export type Runnable = (context: StepContext) => Promise<OperationResult>

export const nothingDone: OperationResult = { mode: null, affected: null, jobId: null, preview: null, error: null }

/** An operation whose shape has been checked, but not its names. */
export interface StatedOperation {
  key: string
  at: Position
  /** The record that it will create. */
  creates: RecordName | null
  /** Whether it plans without executing, so that `expect.plan` applies. */
  previews: boolean
  /** Defines further names that the operation makes. */
  define(names: Names): void
  /** The name of its kind of row on the customer synchronization status page; `null` for an operation that makes none. */
  stages: CommerceOperation['name'] | null
  /** Checks the names and returns the runnable operation. */
  prepare(names: Names): Runnable
}

export interface OperationKind {
  key: string
  state(node: SourceNode, at: Position): StatedOperation
}

/** Defines an entry of the table of operations: the shape of its fields, the check of their names, and how it runs. */
export function defineOperation<F, P>(operation: {
  key: string
  shape: Shape<F>
  creates?: (fields: F) => RecordName
  previews?: (fields: F) => boolean
  define?: (fields: F, names: Names) => void
  stages?: (fields: F) => CommerceOperation['name'] | null
  /** Checks the names and returns the argument of `run`. */
  check(fields: F, names: Names): P
  run: (prepared: P, context: StepContext) => Promise<OperationResult>
}): OperationKind {
  const { key, shape, creates, previews, define, stages, check, run } = operation
  return {
    key,
    state(node, at) {
      const fields = shape(node)
      return {
        key,
        at,
        creates: creates?.(fields) ?? null,
        previews: previews?.(fields) ?? false,
        define: (names) => define?.(fields, names),
        stages: stages?.(fields) ?? null,
        prepare(names) {
          const prepared = check(fields, names)
          return (context) => run(prepared, context)
        },
      }
    },
  }
}

/** Returns the record for an alias. */
export const refOf = (context: StepContext, key: { table: string; id: string }): RecordRef => context.aliases.refOf(key)
