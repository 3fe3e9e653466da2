import type { MessageName, StageName, StepMode } from './messages.ts'
import type { FieldValue, LookupValue, RecordRef } from './records.ts'

/** The plug-in trace log: plain data. */

export const STEP_OUTCOMES = ['done', 'refused', 'failed'] as const
export type StepOutcome = (typeof STEP_OUTCOMES)[number]

/** One run of one step, from the plug-in trace log. */
export interface StepRun {
  number: number
  /** The run whose request set this one off; `null` at the top. */
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
  /** The cascade job, with the batch and the try of the record. */
  job: { id: string; name: string; batch: number; attempt: number } | null
  correlationId: string
  /** Name of the user whose rights the step had. */
  user: string
  startedOnMs: number
  durationMicroseconds: number
  outcome: StepOutcome
  /** Whether what the step did was committed. */
  isCommitted: boolean
  code: string | null
  error: string | null
  /** Lines of `trace`, one after the other. */
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
  /** In trace or error, case ignored. */
  search?: string
  /** Runs with a smaller number than this: the next page. */
  before?: number
  /** Runs with a greater number than this: what came since. */
  after?: number
  /** 1 to 1,000. */
  limit: number
}

/** Newest first. */
export interface StepRunPage {
  runs: StepRun[]
  /** Whether there are older ones that match. */
  hasMore: boolean
}

/** Everything that is kept of one run. */
export interface StepRunDetails {
  run: StepRun
  /** The target and parameters that went in, and those that came out where the step changed them. */
  input: {
    target: Record<string, unknown>
    inputParameters: Record<string, unknown>
    sharedVariables: Record<string, unknown>
    /** The message that the step's was part of, where the step has looked at it. */
    parentContext?: Record<string, unknown>
  }
  output: { target: Record<string, unknown>; sharedVariables: Record<string, unknown> } | null
  preImage: Record<string, unknown> | null
  postImage: Record<string, unknown> | null
  stack: string | null
  /** Whether the step still exists and its record does too, so that it can be run again. */
  canRunAgain: boolean
}

/** How long a step took over a job, or over everything that the trace log holds. */
export interface StepTime {
  plugin: string
  step: number
  message: MessageName
  stage: StageName
  table: string | null
  runs: number
  failures: number
  /** Without the steps that it set off, whose time is their own. */
  totalMicroseconds: number
  /** With them. */
  longestMicroseconds: number
}

/** A step that was run again on its record, and rolled back. */
export interface StepTrial {
  /** The step first, then what it set off. They are in no log. */
  runs: StepRun[]
  details: StepRunDetails
  /** The columns of the record that would have changed. */
  changes: { column: string; before: FieldValue; after: FieldValue }[]
}
