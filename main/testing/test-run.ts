import type { StepRun } from '#engine/contract/trace'
import type { Aliases } from '../scenario/cells.ts'
import type { TestRun } from './environment.ts'

export function toTestRun(run: StepRun, aliases: Aliases): TestRun {
  const { plugin, message, stage, mode, rank, record, depth, user, userId, outcome, isCommitted, code, error, trace, job } = run
  return {
    plugin,
    message,
    stage,
    mode,
    rank,
    record: record === null ? null : aliases.textOf(record),
    depth,
    user,
    userId,
    outcome,
    isCommitted,
    error: error === null ? null : { code: code ?? '', message: error },
    trace: trace === '' ? [] : trace.split('\n'),
    job: job === null ? null : { id: job.id, batch: job.batch, attempt: job.attempt },
  }
}
