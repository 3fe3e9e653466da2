import { EngineError } from '#engine/contract/errors'
import { ScenarioError } from '../scenario/scenario-error.ts'

/** The error of a refused operation, which has changed nothing. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused'
  /** The platform's code if it has one, such as `0x80040265` for a refusal by a plug-in; else our own. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The error of an invalid test: an unknown table or record, a setting out of range. */
export class TestInvalid extends Error {
  override readonly name = 'TestInvalid'
}

/** The error of a step whose expectation was not met. */
export class ExpectationFailed extends Error {
  override readonly name = 'ExpectationFailed'
}

/** Runs an action and converts its errors for tests: removes places in files that do not exist. */
export async function asTest<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw toTestError(error)
  }
}

/** The same for a synchronous action. */
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
