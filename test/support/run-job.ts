import type { Engine } from '#engine'
import type { JobFaults } from '#engine/contract/engine'
import type { Job } from '#engine/contract/jobs'

/** Runs a cascade's job, which needs no promise. */
export function runJob(engine: Pick<Engine, 'runJob'>, id: string, untilMs: number, faults?: JobFaults): Job {
  const job = engine.runJob(id, untilMs, faults)
  if (job instanceof Promise) throw new Error('Only the jobs of steps take a promise')
  return job
}

/** Runs every asynchronous step that is due, also those that others set off. */
export async function runSteps(engine: Engine): Promise<void> {
  for (let job = engine.nextJob({ kinds: ['step'] }); job; job = engine.nextJob({ kinds: ['step'] })) await engine.runJob(job.id, 0)
}
