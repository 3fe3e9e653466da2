import { resolve } from 'node:path'
import { EngineError, isRecordFailure, toErrorData } from '#engine/contract/errors'
import { ADMINISTRATOR_ROLE } from '#engine/contract/security'
import { SYSTEM_MODEL } from '#engine/model/system-model'
import type { Workbench } from '../workbench/workbench.ts'
import { Aliases } from './cells.ts'
import { CommerceAliases } from './commerce-aliases.ts'
import { parseScenario, type StatedScenario, titleOf } from './format/scenario.ts'
import { loadRows } from './load-rows.ts'
import { loadSecurity } from './load-security.ts'
import { installPlugins, readPlugins } from './plugins.ts'
import { type PreparedScenario, prepareScenario } from './prepare.ts'
import type { ScenarioReport, StepReport } from './report.ts'
import { RunEnvironment } from './run-environment.ts'
import { openPlugins, type PluginPlace } from './run-plugins.ts'
import { runStep, type ScenarioState } from './run-step.ts'
import { type Located, ScenarioError } from './scenario-error.ts'
import { readSource } from './source.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A scenario's text and its location. */
export interface ScenarioFile {
  /** The name of the file in the report. */
  file: string
  text: string
  /** Paths inside the file are relative to this folder. */
  folder: string
}

/** Virtual time of each step in milliseconds, so that records of one step are older than those of the next. */
export const STEP_MS = 1_000

export interface ScenarioOptions {
  /** Where plug-ins run. @default 'contained' */
  plugins?: PluginPlace
}

/**
 * Runs one file in a fresh environment at this path, which must not exist yet; it stays there. Whatever goes wrong is in the report, so that
 * other files run all the same.
 */
export async function runScenario(
  { file, text, folder }: ScenarioFile,
  environment: string,
  { plugins = 'contained' }: ScenarioOptions = {},
): Promise<ScenarioReport> {
  const steps: StepReport[] = []
  try {
    const stated = parseScenario(readSource(text))
    const early = stated.model.import === undefined ? prepareScenario(stated, SYSTEM_MODEL) : null
    const clock = new VirtualClock()
    const opened = await RunEnvironment.create(environment, clock, bringsPlugins(stated) ? await openPlugins(plugins, clock) : null)
    try {
      const scenario = early ?? (await prepareInside(opened.workbench, stated, folder))
      await runSteps(scenario, folder, opened, steps)
      const passed = steps.every(({ expectations }) => expectations.every(({ held }) => held))
      return { file, scenario: scenario.title, outcome: passed ? 'passed' : 'failed', steps }
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (error instanceof ScenarioError) return invalidReport(file, text, error)
    return brokenReport(file, text, steps, error)
  }
}

/** Reports a run that an error broke off. An environment that refuses what a file declares makes the file invalid. */
function brokenReport(file: string, text: string, steps: StepReport[], error: unknown): ScenarioReport {
  const { code, platformCode, message, details } = toErrorData(error)
  const stack = typeof details.stack === 'string' ? { stack: details.stack } : {}
  const outcome = steps.length === 0 && isRecordFailure(error) ? 'invalid' : 'failed'
  return { file, scenario: titleOf(text), outcome, steps, error: { code: platformCode ?? code, message, line: 1, column: 1, ...stack } }
}

export function invalidReport(file: string, text: string, { code, message, at }: ScenarioError): ScenarioReport {
  return { file, scenario: titleOf(text), outcome: 'invalid', steps: [], error: { code, message, ...at } }
}

/** Imports a scenario's model into its environment and prepares the scenario against it. */
export async function prepareInside(workbench: Workbench, stated: StatedScenario, folder: string): Promise<PreparedScenario> {
  if (stated.model.import !== undefined) await importModel(stated.model.import, folder, workbench)
  const roles = workbench.findRoles().map(({ name }) => name)
  return prepareScenario(stated, workbench.model(), roles)
}

async function importModel({ value, at }: Located<string>, folder: string, workbench: Workbench): Promise<void> {
  try {
    await workbench.as(workbench.info().administratorId).importSource(resolve(folder, value), { standard: false })
  } catch (error) {
    if (error instanceof EngineError) throw new ScenarioError('SCENARIO_INVALID', error.message, at)
    throw error
  }
}

const bringsPlugins = ({ plugins, steps }: StatedScenario): boolean =>
  plugins.length > 0 ||
  steps.some(({ operation, during }) => [{ operation }, ...during].some((each) => each.operation.key === 'installPlugin'))

/** Runs the steps one after the other, and adds each one's report when it has ended. */
async function runSteps(scenario: PreparedScenario, folder: string, environment: RunEnvironment, reports: StepReport[]): Promise<void> {
  const state = await begin(scenario, folder, environment)
  for (const step of scenario.steps) {
    environment.clock.advance(STEP_MS)
    reports.push(await runStep(step, reports.length + 1, state))
  }
  for (const finish of state.unfinished) await finish()
}

/** Stores everything that exists before the first step: model, settings, records, plug-ins. */
export async function begin(scenario: PreparedScenario, folder: string, environment: RunEnvironment): Promise<ScenarioState> {
  const { workbench, clock } = environment
  const state: ScenarioState = {
    environment,
    folder,
    aliases: new Aliases(),
    jobs: new Map(),
    commerce: new CommerceAliases(),
    unfinished: [],
  }
  await workbench.applyModel(scenario.declared)
  await workbench.changeSettings(scenario.settings)
  const plugins = await readPlugins(scenario, folder, environment.plugins)
  const finish = scenario.security === null ? null : await loadSecurity(workbench, scenario.security, state.aliases)
  await loadRows(workbench, [...new Set([...scenario.users, ...plugins.users])], scenario.rows, scenario.links, state.aliases, clock.newId)
  await finish?.()
  // Without a section, everybody is System Administrator, also where a solution brings roles.
  if (scenario.security === null && workbench.findRoles().length > 1)
    for (const user of [...scenario.users, ...plugins.users]) await workbench.changeUser(user, { roles: [ADMINISTRATOR_ROLE] })
  await installPlugins(plugins, workbench)
  if (scenario.commerce !== null) await workbench.setUpCommerce(scenario.commerce)
  return state
}
