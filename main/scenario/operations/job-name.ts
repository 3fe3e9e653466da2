import { EngineError } from '#engine/contract/errors'
import type { Names } from '../names.ts'
import { fields, located, text } from '../shape.ts'
import type { StepContext } from './operation.ts'

/** Returns the shape of `job: last` or `job:` with the name of the step that started it. */
export const jobShape = (what: string) => fields(what, { job: located(text('"last" or the name of a step')) }, {})

/** Checks and returns the name of an earlier step. */
export function checkJob({ job }: ReturnType<ReturnType<typeof jobShape>>, names: Names): string {
  names.step(job)
  return job.value
}

/** Returns the job that a step started. @throws INPUT_INVALID if it started none */
export function findJob(step: string, { jobOf }: Pick<StepContext, 'jobOf'>): string {
  const jobId = jobOf(step)
  if (jobId === null)
    throw new EngineError('INPUT_INVALID', step === 'last' ? 'No step has started a job yet.' : `Step "${step}" started no job.`)
  return jobId
}
