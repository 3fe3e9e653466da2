import type { Names } from '../names.ts'
import { fields, located, text } from '../shape.ts'

/** `job: last`, or the name of the step that started it. */
export const jobShape = (what: string) => fields(what, { job: located(text('"last" or the name of a step')) }, {})

/** The step's name, which must stand before this one. */
export function checkJob({ job }: ReturnType<ReturnType<typeof jobShape>>, names: Names): string {
  names.step(job)
  return job.value
}
