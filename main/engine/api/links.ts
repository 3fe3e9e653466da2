import { storeText } from '#text/english/store'
import { inputInvalid } from '../contract/errors.ts'
import type { LinkMessage, LinkPage, LinkQuery, LinkRequest } from '../contract/links.ts'
import { workOf } from '../operations/context.ts'
import { checkRowsFree } from '../operations/holds.ts'
import { changeLinks, linkEvent, resolveLinks, rowsOfLinks, sideOf } from '../operations/links.ts'
import { newCall } from '../pipeline/call.ts'
import { findLinked } from '../store/links.ts'
import { describeRows, getRow, unknownRow } from '../store/rows.ts'
import { type UserContext, userChange, userMethod } from './method.ts'

/** Links of N:N relationships: reading, adding and removing them. */
export const linkMethods = {
  /** Returns a page of the records that are linked with one. @throws RECORD_NOT_FOUND, INPUT_INVALID */
  findLinks: userMethod({
    where: 'query',
    run({ session: { connection, model } }, { relationship, record, offset, limit }: LinkQuery): LinkPage {
      if (!(limit >= 1 && limit <= 1_000 && offset >= 0)) throw inputInvalid(storeText.pageOfRows, { limit, offset })
      return connection.read(() => {
        const { relation, side, table, otherTable } = sideOf(model, relationship, record)
        const { rows, total } = findLinked(connection, relation, side, getRow(connection, table, record.id), { offset, limit })
        const described = describeRows(connection, otherTable, rows)
        return { records: rows.map((row) => described.get(row) ?? unknownRow(otherTable)), total }
      })
    },
  }),

  /** Links a record with others. Returns the number of new links. @throws RECORD_NOT_FOUND, RECORD_HELD, INPUT_INVALID */
  associate: userChange({
    where: 'interactive',
    run: (context, request: LinkRequest): number => change(context, 'Associate', request),
    announces: (_changed, [{ record, others }]) => [{ kind: 'records', tables: tablesOf([record, ...others]) }],
  }),

  /** Removes links between a record and others. Returns how many there were. @throws as `associate` does */
  disassociate: userChange({
    where: 'interactive',
    run: (context, request: LinkRequest): number => change(context, 'Disassociate', request),
    announces: (_changed, [{ record, others }]) => [{ kind: 'records', tables: tablesOf([record, ...others]) }],
  }),
}

const tablesOf = (records: { table: string }[]): string[] => [...new Set(records.map(({ table }) => table))]

function change({ session, pipeline, caller }: UserContext, message: LinkMessage, request: LinkRequest): number {
  pipeline.refresh()
  const call = newCall(session, caller)
  const event = linkEvent(session, call, message, resolveLinks(session.model, request))
  pipeline.preValidate(event)
  return pipeline.transact(() => {
    const work = workOf(pipeline)
    const ends = resolveLinks(work.model, request)
    const { row, others } = rowsOfLinks(work, ends)
    checkRowsFree(session, ends.table, [row])
    checkRowsFree(session, ends.otherTable, others)
    return changeLinks(work, event, message, ends)
  })
}
