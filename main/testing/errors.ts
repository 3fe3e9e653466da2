import { EngineError } from '#engine/contract/errors'
import { ScenarioError } from '../scenario/scenario-error.ts'

/** An operation that did not happen: nothing of it is left. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused'
  /** The platform's code where it has one, such as `0x80040265` for a refusal by a plug-in; else our own. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A test that asks for what does not exist or cannot be: an unknown table, a record nobody made, a setting out of range. */
export class TestInvalid extends Error {
  override readonly name = 'TestInvalid'
}

/** A step held an expectation that was not met. */
export class ExpectationFailed extends Error {
  override readonly name = 'ExpectationFailed'
}

/** What goes wrong inside, as tests are to see it: without places in files that are not there. */
export async function asTest<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw toTestError(error)
  }
}

/** The same, at once. */
export function asTestNow<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw toTestError(error)
  }
}

function toTestError(error: unknown): unknown {
  if (error instanceof ScenarioError)
    return error.code === 'PLUGIN_INVALID'
      ? new OperationRefused(error.code, error.message, { cause: error })
      : new TestInvalid(error.message, { cause: error })
  if (error instanceof EngineError) return new OperationRefused(error.platformCode ?? error.code, error.message, { cause: error })
  return error
}
