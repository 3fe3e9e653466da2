import type { RecordRef } from '../../contract/records.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import { itemsBetween, jobItemStatements } from '../../store/job-items.ts'
import { findRow } from '../../store/rows.ts'
import type { BatchContext } from './batch-context.ts'
import { BatchRun, nextBatch } from './batch-run.ts'
import { runRange } from './run-batch.ts'

/**
 * Batches that a watcher steps through. The hold is stored, so that other operations on the records meanwhile wait or are refused.
 * Without a watcher a batch is one short transaction and needs no stored hold.
 */

export function holdBatch({ connection, settings }: BatchContext, job: CascadeJobRow): void {
  const { first, last } = nextBatch(job, settings.batchSize)
  connection.write(() => cascadeJobStatements(connection).beginBatch.run({ number: job.number, first: job.batch_first ?? first, last }))
}

/** Those of these records that are held and not done yet, in the order of processing. */
export function heldRecords(context: BatchContext, job: CascadeJobRow, records: RecordRef[]): RecordRef[] {
  return records
    .flatMap((record) => ({ record, position: positionOf(context, job, record) ?? 0 }))
    .filter(({ position }) => position > 0)
    .toSorted((a, b) => a.position - b.position)
    .map(({ record }) => record)
}

/** Runs the held batch up to a record, which is left out, or to its end, which lets go of it. */
export function runHeld(context: BatchContext, job: CascadeJobRow, before?: RecordRef): CascadeJobRow {
  if (job.hold_last === null) return job
  const whole = { first: job.first_item + job.position + 1, last: job.hold_last, end: job.first_item + job.total }
  const stop = before && positionOf(context, job, before)
  return stop === undefined
    ? runRange(new BatchRun(context, job, whole, true))
    : runRange(new BatchRun(context, job, { ...whole, last: stop - 1 }, false))
}

function positionOf(
  { connection, model }: BatchContext & { model: CompiledModel },
  job: CascadeJobRow,
  { table, id }: RecordRef,
): number | undefined {
  if (job.hold_last === null) return undefined
  const row = findRow(connection, model.table(table), id)
  const number = model.table(table).number
  const item = itemsBetween(connection, job.first_item + job.position + 1, job.hold_last).find(
    (candidate) =>
      row !== undefined &&
      candidate.row <= row &&
      row < candidate.row + candidate.count &&
      jobItemStatements(connection).group.get(job.number, candidate.group)?.table_number === number,
  )
  return item && row !== undefined ? item.id + row - item.row : undefined
}
