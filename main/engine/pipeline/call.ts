import type { RequestContext } from '../contract/engine.ts'
import type { EngineError } from '../contract/errors.ts'
import type { Session } from '../session/session.ts'
import type { OwnerRow } from '../store/owners.ts'

/** The system job that a request runs in, within an asynchronous cascade. */
export interface CallJob {
  number: number
  id: string
  name: string
  /** The attempt for this record, from 1. */
  attempt: number
  batch: number
}

/** The time that all steps of one operation may still use. Source: dataverse reference, section 5.4. */
export interface Budget {
  leftMs: number
  /** The deadline, while a step runs. */
  deadlineMs: number | null
  /** The error with which a step was stopped at the deadline. Outer steps cannot catch it. */
  overrun: EngineError | null
}

/** A request and the chain of requests that led to it. */
export interface Call {
  /** The user with whose rights it runs. */
  readonly user: OwnerRow
  /** The user who started the chain. */
  readonly initiator: OwnerRow
  /** 1 for a user's request, one more for each nested one. Source: dataverse reference, section 5.4. */
  readonly depth: number
  readonly correlationId: string
  readonly requestId: string
  readonly createdOnMs: number
  /** Returns the context, as JSON, of the message that this request belongs to. */
  readonly parent: (() => string) | null
  readonly job: CallJob | null
  /** Index in the log of the run that made this request. */
  readonly parentRun: number | null
  /** Labels of the steps of the chain, for the error about its depth. */
  readonly chain: readonly string[]
  readonly budget: Budget
}

export const newBudget = (seconds: number): Budget => ({ leftMs: seconds * 1_000, deadlineMs: null, overrun: null })

/** Makes the call of a user's request, or of the rest of one whose PreValidation has run. */
export function newCall(session: Session, user: OwnerRow, requestContext?: RequestContext): Call {
  const requestId = requestContext?.requestId ?? session.options.newId()
  return {
    user,
    initiator: user,
    depth: 1,
    correlationId: requestContext?.correlationId ?? session.options.newId(),
    requestId,
    createdOnMs: session.options.now(),
    parent: null,
    job: null,
    parentRun: null,
    chain: [],
    budget: newBudget(session.settings.pluginTimeoutSeconds),
  }
}
