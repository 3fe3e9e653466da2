import { EngineError } from '#engine/contract/errors'
import type { Names } from '../names.ts'
import { fields, located, text } from '../shape.ts'
import type { StepContext } from './operation.ts'

/** `job: last`, or the name of the step that started it. */
export const jobShape = (what: string) => fields(what, { job: located(text('"last" or the name of a step')) }, {})

/** The step's name, which must stand before this one. */
export function checkJob({ job }: ReturnType<ReturnType<typeof jobShape>>, names: Names): string {
  names.step(job)
  return job.value
}

/** @throws INPUT_INVALID where the step started no job. */
export function findJob(step: string, { jobOf }: Pick<StepContext, 'jobOf'>): string {
  const jobId = jobOf(step)
  if (jobId === null)
    throw new EngineError('INPUT_INVALID', step === 'last' ? 'No step has started a job yet.' : `Step "${step}" started no job.`)
  return jobId
}
