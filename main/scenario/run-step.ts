import type { ErrorData } from '#engine/contract/errors'
import { EngineError, toErrorData } from '#engine/contract/errors'
import type { JobDetails } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'
import type { Aliases } from './cells.ts'
import type { CommerceAliases } from './commerce-aliases.ts'
import { During } from './during.ts'
import type { ExpectationLine, Observed } from './expectations/expectation.ts'
import { nothingDone, type OperationResult, outcomeOfJob } from './operations/operation.ts'
import type { PreparedAction, PreparedStep } from './prepare.ts'
import type { StepReport } from './report.ts'
import type { RunEnvironment } from './run-environment.ts'
import { saidOf } from './said.ts'

/** State that the steps of one scenario share. */
export interface ScenarioState {
  environment: RunEnvironment
  /** Where the file lies. */
  folder: string
  aliases: Aliases
  /** Jobs by the name of the step that started them; `last` is the latest of all. */
  jobs: Map<string, string>
  commerce: CommerceAliases
  /** Completions of reports: points of a detached step can run after the step has ended. */
  unfinished: (() => Promise<void>)[]
}

/** How an action relates to others. */
interface Place {
  name: string | null
  /** Whether not to wait for its job. */
  detach: boolean
  during: During | null
  /** The job that is stopped meanwhile. */
  standing: string | null
}

/** Runs one step to its end, including its job, and compares the result with the file's expectations. */
export async function runStep(step: PreparedStep, index: number, state: ScenarioState): Promise<StepReport> {
  const startedMs = performance.now()
  const during = step.during.length === 0 ? null : duringOf(step, state)
  const { observed, lines: expectations } = await runAction(step, { name: step.name, detach: step.detach, during, standing: null }, state)
  const { outcome, mode, affected, error, job } = observed
  if (during !== null && step.detach && job !== null)
    state.unfinished.push(async () => {
      await state.environment.jobEnded(job.job.id)
      expectations.push(...during.lines())
    })
  else if (during !== null) expectations.push(...during.lines())
  return {
    index,
    name: step.name,
    operation: step.operation,
    outcome,
    mode,
    affected,
    error: error === null ? null : reportedError(error, state.aliases),
    durationMs: Math.round(performance.now() - startedMs),
    expectations,
  }
}

function duringOf(step: PreparedStep, state: ScenarioState): During {
  return new During({
    points: step.during,
    aliases: state.aliases,
    act: async (point, standing) => (await runAction(point, { name: null, detach: false, during: null, standing }, state)).lines,
    onPlan: (jobId) => rememberJob(step.name, jobId, state),
  })
}

async function runAction(
  action: PreparedAction,
  place: Place,
  state: ScenarioState,
): Promise<{ observed: Observed; lines: ExpectationLine[] }> {
  const observed = await observe(action, place, state)
  const lines = action.statesOutcome ? [] : [unstatedOutcome(place, observed)]
  for (const evaluate of action.expectations) lines.push(...(await evaluate(observed)))
  return { observed, lines }
}

async function observe(action: PreparedAction, place: Place, state: ScenarioState): Promise<Observed> {
  const { environment, folder, aliases, jobs, commerce } = state
  const { caller, mode } = action
  const announcedBefore = environment.observer().findNotifications(0).at(-1)?.number ?? 0
  const runsBefore = environment.lastRun()
  const commerceBefore = environment.workbench.commerceMarks()
  const lookNow = () => ({
    workbench: environment.workbench,
    observer: environment.observer(),
    aliases,
    commerce,
    announcedBefore,
    runsBefore,
    commerceBefore,
  })
  /** Waits until everything that the action caused has ended, and returns the observed state. */
  const seenNow = async () => {
    await environment.stepJobsEnded()
    return lookNow()
  }
  let result: OperationResult
  try {
    result = await action.run({
      workbench: environment.workbench,
      aliases,
      user: environment.workbench.as(caller === null ? environment.workbench.info().administratorId : aliases.idOf(caller)),
      mode,
      watcher: place.during,
      standing: place.standing,
      folder,
      jobOf: (name) => jobs.get(name) ?? null,
      crash: () => environment.crash(),
      commerce,
      clock: environment.clock,
    })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    const refused = { ...nothingDone, outcome: 'Refused' as const, error: toErrorData(error), mode: error.plannedMode }
    return { ...refused, ...(await seenNow()), job: null, path: null }
  }
  const { jobId, starts = false, waits = false, commerce: answer, ...seen } = result
  const path = answer?.path ?? null
  if (place.name !== null && answer !== undefined) commerce.rememberOperations(place.name, answer.staged)
  if (jobId === null) return { ...(await seenNow()), job: null, path, outcome: 'Completed', ...seen }
  // Waiting for a job that is stopped until this operation ends would never end.
  const runsOn = jobId === place.standing || (place.detach && !waits)
  const job = runsOn ? environment.observer().getJob(jobId) : await environment.jobEnded(jobId)
  if (starts) rememberJob(place.name, jobId, state)
  else if (place.name !== null && !waits) jobs.set(place.name, jobId)
  const outcome = seen.outcome ?? (runsOn ? 'Running' : outcomeOfJob(job.job.status))
  // Asynchronous steps of a job that continues may continue too.
  const now = runsOn ? lookNow() : await seenNow()
  return {
    ...now,
    ...seen,
    path,
    outcome,
    job,
    affected: seen.affected ?? job.job.total,
    error: seen.error ?? errorOfJob(outcome, job),
  }
}

function rememberJob(step: string | null, jobId: string, { jobs }: ScenarioState): void {
  jobs.set('last', jobId)
  if (step !== null) jobs.set(step, jobId)
}

/** Returns the error that stopped a job. An error without a platform code comes from a fault on purpose. */
function errorOfJob(outcome: string, { job }: JobDetails): ErrorData | null {
  if ((outcome !== 'Paused' && outcome !== 'Failed') || job.message === null) return null
  return {
    code: job.errorCode ?? 'CASCADE_REFUSED',
    message: inEnglish(job.friendlyMessage ?? job.message),
    platformCode: job.errorCode,
    platformName: null,
    hint: job.hint === null ? null : inEnglish(job.hint),
    ...(job.record === null ? {} : { record: job.record }),
    details: {},
  }
}

function reportedError(error: ErrorData, aliases: Aliases): NonNullable<StepReport['error']> {
  const { message, hint } = saidOf(error, aliases)
  const { code, platformCode, record } = error
  return { code: platformCode ?? code, message, record: record ? aliases.textOf(record) : null, hint }
}

/** Expects Completed for an action without a stated outcome; a detached one may also be Running. */
function unstatedOutcome({ detach }: Place, { outcome }: Observed): ExpectationLine {
  const expected = detach && outcome === 'Running' ? 'Running' : 'Completed'
  return { path: 'outcome', expected, actual: outcome, held: outcome === expected }
}
