import type { ExpectationLine } from '../expectations/expectation.ts'
import type { RunReport, ScenarioReport, StepReport } from '../report.ts'

/** Formats the report for people: one line for a scenario that passed; for a failed one each step with expected and actual values. */
export function reportText(report: RunReport): string {
  const invalid = report.scenarios.filter(({ outcome }) => outcome === 'invalid').length
  const failed = report.failed - invalid
  const parts = [`${report.passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...(invalid > 0 ? [`${invalid} invalid`] : [])]
  return [...report.scenarios.map(scenarioText), `${counted(report.scenarios.length, 'scenario')}: ${parts.join(', ')}`].join('\n')
}

function scenarioText(report: ScenarioReport): string {
  const { file, scenario, steps, error } = report
  if (report.outcome === 'invalid') return `INVALID ${file}:${error?.line}:${error?.column}\n  ${error?.message} [${error?.code}]`
  if (report.outcome === 'passed') return `passed  ${scenario} (${file}; ${counted(steps.length, 'step')})`
  const broken = error === undefined ? [] : [`  broken off after step ${steps.length}: ${error.stack ?? error.message} [${error.code}]`]
  return [`FAILED  ${scenario} (${file})`, ...steps.filter(hasFailed).map(stepText), ...broken].join('\n')
}

const hasFailed = ({ expectations }: StepReport) => expectations.some(({ held }) => !held)

function stepText({ index, name, operation, outcome, error, expectations }: StepReport): string {
  const hint = error?.hint && !error.message.includes(error.hint) ? [`    ${error.hint}`] : []
  const lines = expectations.filter(({ held }) => !held).map((line) => `    ${expectationText(line)}`)
  return [
    `  step ${index}, ${operation}${name === null ? '' : ` "${name}"`}, ended ${endText({ outcome, error })}`,
    ...hint,
    ...lines,
  ].join('\n')
}

/** Formats how a step ended: `Refused: 0x80040265 contact/K: It is locked`. */
export function endText({ outcome, error }: Pick<StepReport, 'outcome' | 'error'>): string {
  if (error === null) return outcome
  const { code, message, record } = error
  return `${outcome}: ${code} ${record === null || message.includes(record) ? '' : `${record}: `}${message}`
}

/** Formats a comparison as `affected: expected 3, found 2`. */
export const expectationText = ({ path, expected, actual }: ExpectationLine): string =>
  `${path}: expected ${shown(expected)}, found ${shown(actual)}`

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
