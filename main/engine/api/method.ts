import type { ChangingMethod, Method, Where } from '../contract/method.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Session } from '../session/session.ts'

/** What the engine's methods work with. */
export interface EngineContext {
  session: Session
  pipeline: Pipeline
}

/** Declares a method that changes nothing; the types of its arguments and its result follow from `run`. */
export const method = <const Place extends Where, Args extends unknown[], Result>(
  declaration: Method<EngineContext, Place, Args, Result>,
): Method<EngineContext, Place, Args, Result> => declaration

/** Declares a method that changes something, and what its call announces. */
export const change = <const Place extends Where, Args extends unknown[], Result>(
  declaration: ChangingMethod<EngineContext, Place, Args, Result>,
): ChangingMethod<EngineContext, Place, Args, Result> => declaration
