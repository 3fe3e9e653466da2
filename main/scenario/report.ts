import type { CascadeMode } from '#engine/contract/cascades'
import type { ExpectationLine } from './expectations/expectation.ts'
import type { StepOutcome } from './operations/operation.ts'

/** The result of a run, as plain data; the JSON reporter prints it unchanged. */
export interface RunReport {
  scenarios: ScenarioReport[]
  passed: number
  /** Scenarios that did not pass: an expectation failed, or the file is invalid. */
  failed: number
}

export interface ScenarioReport {
  file: string
  /** The title; `null` where it cannot be read. */
  scenario: string | null
  outcome: 'passed' | 'failed' | 'invalid'
  steps: StepReport[]
  /** Invalid files only. */
  error?: { code: string; message: string; line: number; column: number }
}

export interface StepReport {
  /** From 1, in the order of the file. */
  index: number
  name: string | null
  operation: string
  outcome: StepOutcome
  mode: CascadeMode | null
  affected: number | null
  error: { code: string; message: string } | null
  /** Real time in milliseconds; everything else is the same in every run. */
  durationMs: number
  expectations: ExpectationLine[]
}

export function toRunReport(scenarios: ScenarioReport[]): RunReport {
  const passed = scenarios.filter(({ outcome }) => outcome === 'passed').length
  return { scenarios, passed, failed: scenarios.length - passed }
}
