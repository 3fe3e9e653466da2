import { PLATFORM_ERRORS, type PlatformErrorName } from '#engine/contract/errors'

/** A place in a file; line and column count from 1. */
export interface Position {
  line: number
  column: number
}

/** A value with its place in the file. */
export interface Located<T> {
  value: T
  at: Position
}

export type ScenarioErrorCode = 'FILE_UNREADABLE' | 'YAML_INVALID' | 'SCENARIO_INVALID' | 'PLUGIN_INVALID' | 'NOT_SUPPORTED'

/** The error of an invalid scenario file: what was expected, and where. */
export class ScenarioError extends Error {
  /** The platform's code for a broken design-time rule, else our own. */
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
