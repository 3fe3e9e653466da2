import type { CascadeMode } from '#engine/contract/cascades'
import type { ExpectationLine } from './expectations/expectation.ts'
import type { StepOutcome } from './operations/operation.ts'

/** The result of a run, as plain data; the JSON reporter prints it unchanged. */
export interface RunReport {
  scenarios: ScenarioReport[]
  passed: number
  /** Scenarios that did not pass: an expectation failed, the run was broken off, or the file is invalid. */
  failed: number
}

export interface ScenarioReport {
  file: string
  /** The title; `null` where it cannot be read. */
  scenario: string | null
  outcome: 'passed' | 'failed' | 'invalid'
  /** For a run that was broken off, the steps before that. */
  steps: StepReport[]
  /** What is wrong with an invalid file, or what broke the run off. `stack` is that of an error which the product did not expect. */
  error?: { code: string; message: string; line: number; column: number; stack?: string }
}

export interface StepReport {
  /** From 1, in the order of the file. */
  index: number
  name: string | null
  operation: string
  outcome: StepOutcome
  mode: CascadeMode | null
  affected: number | null
  /** Records are named as the file does; `record` is the one that could not be processed. */
  error: { code: string; message: string; record: string | null; hint: string | null } | null
  /** Real time in milliseconds; everything else is the same in every run. */
  durationMs: number
  expectations: ExpectationLine[]
}

export function toRunReport(scenarios: ScenarioReport[]): RunReport {
  const passed = scenarios.filter(({ outcome }) => outcome === 'passed').length
  return { scenarios, passed, failed: scenarios.length - passed }
}
