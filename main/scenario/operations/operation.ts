import type { CascadeMode, ModeChoice, Preview } from '#engine/contract/cascades'
import type { ErrorData } from '#engine/contract/errors'
import type { JobStatus } from '#engine/contract/jobs'
import type { RecordRef } from '#engine/contract/records'
import type { CascadeWatcher } from '../../workbench/observer.ts'
import type { Workbench } from '../../workbench/workbench.ts'
import type { Aliases } from '../cells.ts'
import type { RecordName } from '../format/names-in-text.ts'
import type { Names } from '../names.ts'
import type { Position } from '../scenario-error.ts'
import type { Shape } from '../shape.ts'
import type { SourceNode } from '../source.ts'

/** What a running operation works with. */
export interface StepContext {
  workbench: Workbench
  aliases: Aliases
  /** Name of the user who acts. */
  caller: string
  mode: ModeChoice
  /** The job that a step started, by the step's name or `last`; `null` where it started none. */
  jobOf(step: string): string | null
  /** Who looks on at the cascade that the operation starts. */
  watcher: CascadeWatcher | null
  /** The job that stands still while this operation runs, where it is one of `during`. */
  standing: string | null
  /** Paths of the file are relative to this folder. */
  folder: string
  /** Cuts the environment off and opens it again. */
  crash(): Promise<void>
}

/** What an operation did; one that is refused throws the platform's error instead. */
export interface OperationResult {
  /** Left out: Completed, or what its job comes to. */
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
}

export const OUTCOMES = ['Completed', 'Paused', 'Failed', 'Cancelled', 'Refused', 'Running'] as const
export type StepOutcome = (typeof OUTCOMES)[number]

/** A job under way counts as Running. */
export const outcomeOfJob = (status: JobStatus): StepOutcome => (status === 'Waiting' || status === 'In Progress' ? 'Running' : status)

export type Runnable = (context: StepContext) => Promise<OperationResult>

export const nothingDone: OperationResult = { mode: null, affected: null, jobId: null, preview: null, error: null }

/** An operation as a step states it: its shape is right, its names are not checked yet. */
export interface StatedOperation {
  key: string
  at: Position
  /** The record that it will make. */
  creates: RecordName | null
  /** Whether it plans without doing, so that `expect.plan` has a meaning. */
  previews: boolean
  /** Checks the names and gives what runs; `null` where this version cannot run it yet. */
  prepare(names: Names): Runnable | null
}

export interface OperationKind {
  key: string
  state(node: SourceNode, at: Position): StatedOperation
}

/** An entry of the table of operations: how its fields look, which names they use, and how it runs. */
export function defineOperation<F, P>(operation: {
  key: string
  shape: Shape<F>
  creates?: (fields: F) => RecordName
  previews?: (fields: F) => boolean
  /** Checks the names; what it gives is what `run` gets. */
  check(fields: F, names: Names): P
  /** Left out where this version cannot run it yet. */
  run?: (prepared: P, context: StepContext) => Promise<OperationResult>
  /** Whether this version can run it with these fields. */
  isSupported?: (fields: F) => boolean
}): OperationKind {
  const { key, shape, creates, previews, check, run, isSupported = () => true } = operation
  return {
    key,
    state(node, at) {
      const fields = shape(node)
      return {
        key,
        at,
        creates: creates?.(fields) ?? null,
        previews: previews?.(fields) ?? false,
        prepare(names) {
          const prepared = check(fields, names)
          return run === undefined || !isSupported(fields) ? null : (context) => run(prepared, context)
        },
      }
    },
  }
}

/** The record that an alias stands for, as the engine takes it. */
export const refOf = (context: StepContext, key: { table: string; id: string }): RecordRef => context.aliases.refOf(key)
