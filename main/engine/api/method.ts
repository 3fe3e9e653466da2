import type { KeptPlans } from '../cascade/kept-plans.ts'
import type { ChangingMethod, Method, Where } from '../contract/method.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Session } from '../session/session.ts'
import type { OwnerRow } from '../store/owners.ts'

/** What the engine's methods work with. */
export interface EngineContext {
  session: Session
  pipeline: Pipeline
  plans: KeptPlans
}

/** What a method works with that is called in the name of a user. */
export interface UserContext extends EngineContext {
  /** Exists and is enabled: otherwise the call was refused before. */
  caller: OwnerRow
}

/**
 * Declares a method of the environment itself, which reads and changes no records for anybody; the types of its arguments and its result
 * follow from `run`.
 */
export const method = <const Place extends Where, Args extends unknown[], Result>(
  declaration: Method<EngineContext, Place, Args, Result>,
): Method<EngineContext, Place, Args, Result> => declaration

/** Declares a method that changes the environment itself, and what its call announces. */
export const change = <const Place extends Where, Args extends unknown[], Result>(
  declaration: ChangingMethod<EngineContext, Place, Args, Result>,
): ChangingMethod<EngineContext, Place, Args, Result> => declaration

/** Declares a method that is called in the name of a user. What it changes, if anything, is announced by who calls it. */
export const userMethod = <const Place extends Where, Args extends unknown[], Result>(
  declaration: Method<UserContext, Place, Args, Result>,
): Method<UserContext, Place, Args, Result> => declaration

/** Declares a method that changes something in the name of a user, and what its call announces. */
export const userChange = <const Place extends Where, Args extends unknown[], Result>(
  declaration: ChangingMethod<UserContext, Place, Args, Result>,
): ChangingMethod<UserContext, Place, Args, Result> => declaration
