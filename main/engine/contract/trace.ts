import type { MessageName, StageName, StepMode } from './messages.ts'
import type { FieldValue, LookupValue, RecordRef } from './records.ts'

/** The plug-in trace log: plain data. */

export const STEP_OUTCOMES = ['done', 'refused', 'failed'] as const
export type StepOutcome = (typeof STEP_OUTCOMES)[number]

/** One run of one step, from the plug-in trace log. */
export interface StepRun {
  number: number
  /** The run whose request caused this one; `null` at the top. */
  parent: number | null
  plugin: string
  pluginVersion: string
  step: number
  message: MessageName
  stage: StageName
  mode: StepMode
  rank: number
  /** `null` for the messages of jobs, which have no record. */
  record: LookupValue | null
  depth: number
  /** The cascade job, with the batch and the attempt of the record. */
  job: { id: string; name: string; batch: number; attempt: number } | null
  correlationId: string
  /** Name of the user that the step ran as; empty for a deleted one. */
  user: string
  /** GUID of that user: others may have the name, and it may change. */
  userId: string
  startedOnMs: number
  durationMicroseconds: number
  outcome: StepOutcome
  /** Whether what the step did was committed. */
  isCommitted: boolean
  code: string | null
  error: string | null
  /** The lines of `trace`. */
  trace: string
}

export interface StepRunQuery {
  plugin?: string
  step?: number
  table?: string
  /** Runs of one record. */
  record?: RecordRef
  jobId?: string
  depth?: number
  outcome?: StepOutcome
  /** Only failed and refused ones. */
  onlyErrors?: boolean
  correlationId?: string
  /** Text to find in trace or error, ignoring case. */
  search?: string
  /** Only runs with a smaller number than this, for the next page. */
  before?: number
  /** Only runs with a greater number than this, for newer ones. */
  after?: number
  /** 1 to 1,000. */
  limit: number
}

/** Newest first. */
export interface StepRunPage {
  runs: StepRun[]
  /** Whether there are older matching runs. */
  hasMore: boolean
}

/** Everything that the log holds about one run. */
export interface StepRunDetails {
  run: StepRun
  /** The target and parameters of the step, and the results that it changed. */
  input: {
    target: Record<string, unknown>
    inputParameters: Record<string, unknown>
    sharedVariables: Record<string, unknown>
    /** The context of the message that caused the step's, if the step has read it. */
    parentContext?: Record<string, unknown>
  }
  output: { target: Record<string, unknown>; sharedVariables: Record<string, unknown> } | null
  preImage: Record<string, unknown> | null
  postImage: Record<string, unknown> | null
  stack: string | null
  /** Whether the step and its record still exist, so that it can be run again. */
  canRunAgain: boolean
}

/** The time of a step in a job or in the whole trace log. */
export interface StepTime {
  plugin: string
  step: number
  message: MessageName
  stage: StageName
  table: string | null
  runs: number
  failures: number
  /** Without the time of steps that it caused. */
  totalMicroseconds: number
  /** Including the time of steps that it caused. */
  longestMicroseconds: number
}

/** The result of running a step again, which was rolled back. */
export interface StepTrial {
  /** The run of the step, then those that it caused. They are not in the log. */
  runs: StepRun[]
  details: StepRunDetails
  /** The columns of the record that would have changed. */
  changes: { column: string; before: FieldValue; after: FieldValue }[]
}
