import type { RunReport, ScenarioReport, StepReport } from '../report.ts'
import { endText, expectationText } from './text.ts'

/** Formats the report for build servers: a scenario is a test suite, a step a test case; an invalid file, and what broke a run off, are errors. */
export function reportJunit(report: RunReport): string {
  const cases = report.scenarios.reduce((sum, each) => sum + casesOf(each), 0)
  const suites = report.scenarios.map(suite).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cascade" tests="${cases}" failures="${sum(report, failedSteps)}" errors="${sum(report, errors)}">\n${suites}\n</testsuites>`
}

const sum = ({ scenarios }: RunReport, count: (scenario: ScenarioReport) => number) =>
  scenarios.reduce((total, each) => total + count(each), 0)
const hasFailed = ({ expectations }: StepReport) => expectations.some(({ held }) => !held)
const failedSteps = ({ steps }: ScenarioReport) => steps.filter(hasFailed).length
const errors = ({ error }: ScenarioReport) => (error === undefined ? 0 : 1)
const casesOf = (scenario: ScenarioReport) => Math.max(scenario.steps.length + errors(scenario), 1)
const seconds = (durationMs: number) => (durationMs / 1_000).toFixed(3)

function suite(scenario: ScenarioReport): string {
  const { file, steps, error } = scenario
  const name = escaped(scenario.scenario ?? file)
  const time = seconds(steps.reduce((total, { durationMs }) => total + durationMs, 0))
  const cases = steps.map((step) => testCase(step, file))
  if (error !== undefined)
    cases.push(
      `    <testcase name="${name}" classname="${escaped(file)}" time="0.000">\n      <error type="${escaped(error.code)}" message="${escaped(error.message)}">${escaped(error.stack ?? `${file}:${error.line}:${error.column}`)}</error>\n    </testcase>`,
    )
  const counts = `tests="${casesOf(scenario)}" failures="${failedSteps(scenario)}" errors="${errors(scenario)}"`
  return `  <testsuite name="${name}" file="${escaped(file)}" ${counts} time="${time}">\n${cases.join('\n')}\n  </testsuite>`
}

function testCase(step: StepReport, file: string): string {
  const { index, name, operation, durationMs, expectations, outcome, error } = step
  const head = `    <testcase name="${escaped(`${index} ${name ?? operation}`)}" classname="${escaped(file)}" time="${seconds(durationMs)}"`
  if (!hasFailed(step)) return `${head}/>`
  const lines = expectations.filter(({ held }) => !held).map(expectationText)
  const hint = error?.hint && !error.message.includes(error.hint) ? [error.hint] : []
  return `${head}>\n      <failure message="${escaped(lines[0] ?? '')}">${escaped([`ended ${endText({ outcome, error })}`, ...hint, ...lines].join('\n'))}</failure>\n    </testcase>`
}

/** Escapes text for XML and replaces characters that XML forbids. */
const escaped = (value: string): string =>
  value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
