import { jobText } from '#text/english/jobs'
import type { AccessJob } from '../../contract/jobs.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import { loseInherited } from '../../operations/inherit-access.ts'
import type { AccessJobRow } from '../../store/access-jobs.ts'
import { getAccessJob, setRemoved } from '../../store/access-jobs.ts'
import { rowsOf } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import { countInherited, inheritingRows } from '../../store/shares.ts'
import { addJobMessage } from '../../store/system-jobs.ts'
import { describeCommonFields } from '../describe-job.ts'
import type { JobKind } from '../job-kind.ts'
import { isEnded, moveJob } from '../states.ts'

/** Rows that are looked at by one statement. */
const ROWS_AT_ONCE = 5_000

/**
 * Takes away what rows inherit along a relationship whose Share or Reparent was switched off: whatever no parent gives any more, and what
 * hangs below. One transaction, so that an interrupted job begins again. Source: dataverse reference, section 1.9.
 */
export const accessKind: JobKind = {
  prepare({ session: { connection, options } }, job) {
    connection.write(() => moveJob(connection, job, 'In Progress', options.now()))
  },

  runSlice({ session: { connection, model, options } }, job) {
    const { relationship: schemaName } = getAccessJob(connection, job.number)
    connection.write(() => {
      const nowMs = options.now()
      const removed = removeInherited(connection, model, schemaName, nowMs)
      setRemoved(connection, job.number, removed)
      addJobMessage(connection, job.number, {
        atMs: nowMs,
        level: 'information',
        code: null,
        text: jobText.accessRemoved({ count: removed }),
      })
      moveJob(connection, job, 'Completed', nowMs)
    })
    return 'done'
  },

  recover: ({ connection, options }, job) => moveJob(connection, job, 'Waiting', options.now()),

  describe(connection, model, job): AccessJob {
    const row: AccessJobRow = getAccessJob(connection, job.number)
    const common = describeCommonFields(connection, model, row)
    const done = isEnded(common.status) ? 1 : 0
    return {
      ...common,
      kind: 'access',
      relationship: row.relationship,
      regarding: null,
      failing: null,
      failed: 0,
      attempts: 0,
      total: 1,
      processed: done,
      batches: done,
    }
  },

  tables: () => [],
}

/** Returns how many rights were taken away. */
function removeInherited(connection: Connection, model: CompiledModel, schemaName: string, nowMs: number): number {
  const { referencing, attribute } = model.relationship(schemaName).definition
  const child = model.table(referencing)
  const before = countInherited(connection)
  for (let after = 0; ; ) {
    const rows = inheritingRows(connection, child, attribute, after, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (last === undefined) break
    loseInherited({ connection, model, nowMs }, child, rowsOf(rows))
    after = last
  }
  return before - countInherited(connection)
}
