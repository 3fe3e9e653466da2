import type { JobFaults } from '../contract/engine.ts'
import type { Job } from '../contract/jobs.ts'
import type { LookupValue } from '../contract/records.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Session } from '../session/session.ts'
import type { Connection } from '../store/connection.ts'
import type { SystemJobRow } from '../store/system-jobs.ts'

/** What running a job needs, of whatever kind it is. */
export interface JobWork {
  session: Session
  pipeline: Pipeline
  /** The time at which the loop wants the job back. */
  untilMs: number
  faults?: JobFaults | undefined
}

/**
 * How a slice of a job ended: `advanced` leaves the job In Progress with more to do, `done` ends it well or badly, `retry` postpones it,
 * `paused` leaves it to a person. The slice itself has written the job's state, in the transaction of what it did.
 */
export type SliceEnd = 'advanced' | 'done' | 'retry' | 'paused'

/**
 * One kind of system job. The queue, the loop, the list and the state table are the same for all kinds; what differs is here, and in a
 * table of the kind's own columns.
 */
export interface JobKind {
  /** Brings a due job In Progress, with everything that its first slice needs. A job that cannot be prepared ends as Failed. */
  prepare(work: JobWork, job: SystemJobRow): void
  /** Runs a part of a job In Progress, short enough that others get their turn. A promise only where the kind cannot do without. */
  runSlice(work: JobWork, job: SystemJobRow): SliceEnd | Promise<SliceEnd>
  /** Brings a job that was In Progress when the environment was closed back to Waiting, inside the caller's transaction. */
  recover(session: Session, job: SystemJobRow): void
  /** Lets go of what a job holds that stops in the middle of its work, inside the caller's transaction. */
  release?(session: Session, job: SystemJobRow): void
  describe(connection: Connection, model: CompiledModel, job: SystemJobRow): Job
  /** Returns the first of the records that a bulk job left out. @default none */
  failedRecords?(connection: Connection, model: CompiledModel, job: SystemJobRow): LookupValue[]
  /** Names the tables whose records the job changes by itself. */
  tables(connection: Connection, model: CompiledModel, job: SystemJobRow): string[]
  /** What goes along with a move that a person asks for. Jobs of a kind without these pause only while they wait, and begin anew. */
  byHand?: MovesByHand | undefined
}

interface MovesByHand {
  /** Counts tries afresh; the job goes on where it stopped. */
  resume(session: Session, job: SystemJobRow): void
  /** Forgets how far the job had come. @throws what makes it impossible to begin again */
  reexecute(session: Session, job: SystemJobRow): void
  /** Returns how many records were done and how many there are, for the job's messages. */
  progress(session: Session, job: SystemJobRow): { done: number; total: number }
}
