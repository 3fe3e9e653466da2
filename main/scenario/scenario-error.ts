import { PLATFORM_ERRORS, type PlatformErrorName } from '#engine/contract/errors'

/** Where something stands in a file, both counted from 1. */
export interface Position {
  line: number
  column: number
}

/** A value together with the place where the file states it. */
export interface Located<T> {
  value: T
  at: Position
}

export type ScenarioErrorCode = 'FILE_UNREADABLE' | 'YAML_INVALID' | 'SCENARIO_INVALID' | 'PLUGIN_INVALID' | 'NOT_SUPPORTED'

/** A file that is not a valid scenario: what was expected, and where. */
export class ScenarioError extends Error {
  /** The platform's code where a design-time rule was broken, else our own. */
  readonly code: string
  readonly at: Position

  constructor(code: ScenarioErrorCode | PlatformErrorName, message: string, at: Position) {
    super(message)
    this.name = 'ScenarioError'
    this.code = code in PLATFORM_ERRORS ? PLATFORM_ERRORS[code as PlatformErrorName] : code
    this.at = at
  }
}

export const invalid = (message: string, at: Position) => new ScenarioError('SCENARIO_INVALID', message, at)

export const notSupported = (what: string, at: Position) =>
  new ScenarioError('NOT_SUPPORTED', `${what} is valid, but this version does not support it yet.`, at)
