import type { EventSeed } from '../contract/engine.ts'
import type { EngineError } from '../contract/errors.ts'
import type { Session } from '../session/session.ts'
import type { OwnerRow } from '../store/rows.ts'

/** The system job that a request runs in, within an asynchronous cascade. */
export interface CallJob {
  number: number
  id: string
  name: string
  /** The try of this record, from 1. */
  attempt: number
  batch: number
}

/** What the steps of one operation may still take, all together. Source: dataverse reference, section 5.4. */
export interface Budget {
  leftMs: number
  /** While a step runs. */
  deadlineMs: number | null
  /** What the step was stopped with when the time was over: the steps above it cannot catch that. */
  overrun: EngineError | null
}

/** A request and the chain of requests that led to it. */
export interface Call {
  /** Whose rights it has. */
  readonly user: OwnerRow
  /** Who started the chain. */
  readonly initiator: OwnerRow
  /** 1 for what a user asked for. Source: dataverse reference, section 5.4. */
  readonly depth: number
  readonly correlationId: string
  readonly requestId: string
  readonly createdOnMs: number
  /** The message that this request is part of, as JSON of its context. */
  readonly parent: (() => string) | null
  readonly job: CallJob | null
  /** The run in the log whose request this is. */
  readonly parentRun: number | null
  /** Steps that the chain went through, for the fault that says so. */
  readonly chain: readonly string[]
  readonly budget: Budget
}

export const newBudget = (seconds: number): Budget => ({ leftMs: seconds * 1_000, deadlineMs: null, overrun: null })

/** A request that a user makes, or the rest of one whose PreValidation is behind it. @throws as Session.caller does */
export const newCall = (session: Session, caller: string, seed?: EventSeed): Call => callOf(session, session.caller(caller), seed)

export function callOf(session: Session, user: OwnerRow, seed?: EventSeed): Call {
  const requestId = seed?.requestId ?? session.options.newId()
  return {
    user,
    initiator: user,
    depth: 1,
    correlationId: seed?.correlationId ?? session.options.newId(),
    requestId,
    createdOnMs: session.options.now(),
    parent: null,
    job: null,
    parentRun: null,
    chain: [],
    budget: newBudget(session.settings.pluginTimeoutSeconds),
  }
}
