import { EngineError, toErrorData } from '#engine/errors'
import type { ErrorData, JobDetails } from '#engine/model'
import type { Workbench } from '../workbench/workbench.ts'
import type { Aliases } from './cells.ts'
import type { ExpectationLine, Observed } from './expectations/expectation.ts'
import { nothingDone, type OperationResult, outcomeOfJob } from './operations/operation.ts'
import type { PreparedStep } from './prepare.ts'
import type { StepReport } from './report.ts'

/** What lasts from step to step of one scenario. */
export interface ScenarioState {
  workbench: Workbench
  aliases: Aliases
  /** Jobs by the name of the step that started them; `last` is the latest of all. */
  jobs: Map<string, string>
}

/** Runs one step to its end, its job included, and compares what it came to with what the file expects. */
export async function runStep(step: PreparedStep, index: number, state: ScenarioState): Promise<StepReport> {
  const startedMs = performance.now()
  const observed = await observe(step, state)
  const { outcome, mode, affected, error } = observed
  const expectations: ExpectationLine[] = step.statesOutcome ? [] : [unstatedOutcome(step, observed)]
  for (const evaluate of step.expectations) expectations.push(...(await evaluate(observed)))
  return {
    index,
    name: step.name,
    operation: step.operation,
    outcome,
    mode,
    affected,
    error: error === null ? null : { code: error.platformCode ?? error.code, message: error.message },
    durationMs: Math.round(performance.now() - startedMs),
    expectations,
  }
}

async function observe(step: PreparedStep, state: ScenarioState): Promise<Observed> {
  const { workbench, aliases, jobs } = state
  let result: OperationResult
  try {
    result = await step.run({ workbench, aliases, caller: step.caller, mode: step.mode, jobOf: (name) => jobs.get(name) ?? null })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return { ...nothingDone, workbench, aliases, job: null, outcome: 'Refused', error: toErrorData(error) }
  }
  const { jobId, waits, ...seen } = result
  if (jobId === null) return { workbench, aliases, job: null, outcome: 'Completed', ...seen }
  if (!waits) {
    jobs.set('last', jobId)
    if (step.name !== null) jobs.set(step.name, jobId)
  }
  const job = step.detach && !waits ? workbench.engine.getJob(jobId) : await workbench.jobEnded(jobId)
  const outcome = step.detach && !waits ? 'Running' : outcomeOfJob(job.job.status)
  return {
    workbench,
    aliases,
    ...seen,
    outcome,
    job,
    affected: seen.affected ?? job.job.total,
    error: seen.error ?? errorOfJob(outcome, job),
  }
}

function errorOfJob(outcome: string, { job }: JobDetails): ErrorData | null {
  if (outcome === 'Completed' || job.errorCode === null) return null
  const message = job.friendlyMessage ?? job.message ?? ''
  return { code: job.errorCode, message, platformCode: job.errorCode, platformName: null, hint: null, details: {} }
}

/** Without a stated outcome a step must end Completed; a detached one may still be running. */
function unstatedOutcome({ detach }: PreparedStep, { outcome }: Observed): ExpectationLine {
  const expected = detach && outcome === 'Running' ? 'Running' : 'Completed'
  return { path: 'outcome', expected, actual: outcome, held: outcome === expected }
}
