import type { CascadeRequest, PlanAction } from '../../contract/cascades.ts'
import type { CompiledTable } from '../../model/compiled-model.ts'
import { kindOf } from '../../operations/kinds/kind-of.ts'
import type { PositionedSet } from '../../operations/kinds/operation-kind.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { itemsBetween, jobItemStatements } from '../../store/job-items.ts'
import { recordSet } from './batch.ts'
import type { BatchContext } from './batch-context.ts'
import type { BatchRun } from './batch-run.ts'

/** A part of a batch that runs in one transaction: one record with its steps, or records on which no step listens. */
export type Unit = { first: number; last: number; record: PositionedSet | null }

/** Returns whether a step listens to any event of a job. */
export function listensToJob({ context, job }: BatchRun): boolean {
  const { connection, model, pipeline } = context
  pipeline.refresh()
  if (pipeline.isSilent) return false
  if (listensToFrame(context, job)) return true
  return jobItemStatements(connection)
    .groups.all(job.number)
    .some(({ action, table_number }) => listens(context, job, action, model.tableByNumber(table_number)))
}

const listens = ({ pipeline, settings }: BatchContext, { operation }: CascadeJobRow, action: PlanAction, table: CompiledTable): boolean =>
  pipeline.listens(kindOf(operation).raisedMessages(settings, action), table)

/** Returns whether a step listens to what happens before the first record and after the last. */
function listensToFrame({ model, pipeline, settings }: BatchContext, job: CascadeJobRow): boolean {
  const { frame } = kindOf(job.operation)
  if (!frame) return false
  const messages = [...frame.messages(settings), ...frame.contentMessages(settings, JSON.parse(job.request) as CascadeRequest)]
  return pipeline.listens(messages, model.table(job.primaryentitytype))
}

/** Returns the parts of a range in the order of processing; with `apart` each record is one, whether steps listen or not. */
export function unitsOf({ context, job, range: { first, last, end } }: BatchRun, { apart = false } = {}): Unit[] {
  const { connection, model } = context
  const ends = listensToFrame(context, job)
  const isEnd = (position: number) => ends && (position === job.first_item + 1 || position === end)
  const units: Unit[] = []
  for (const item of itemsBetween(connection, first, last)) {
    const group = jobItemStatements(connection).group.get(job.number, item.group)
    if (!group) continue
    const table = model.tableByNumber(group.table_number)
    const isApart = apart || listens(context, job, group.action, table)
    for (let offset = 0; offset < item.count; offset++) {
      const position = item.id + offset
      if (isApart || isEnd(position)) {
        units.push({
          first: position,
          last: position,
          record: recordSet(model, group, { ...item, id: position, row: item.row + offset, count: 1 }),
        })
        continue
      }
      const previous = units.at(-1)
      if (previous && !previous.record) previous.last = position
      else units.push({ first: position, last: position, record: null })
    }
  }
  return units
}
