import type { CascadeRequest } from '#engine/contract/cascades'
import type { Aliases, Cells, RecordKey } from '../cells.ts'
import { recordName } from '../format/names-in-text.ts'
import { writtenValues } from '../format/records.ts'
import type { Names } from '../names.ts'
import { fields, flag, located, text } from '../shape.ts'
import { readCells } from '../values.ts'

/** The fields of assign, delete and merge, for executing and for planning alike. */
export const assignShape = fields('assign', { record: recordName, to: located(text('a user or team')) }, {})
export const deleteShape = fields('delete', { record: recordName }, {})
export const mergeShape = fields('merge', { target: recordName, subordinate: recordName }, { content: writtenValues, parentingCheck: flag })

/** Makes a request from one with aliases. */
export type RequestMaker = (aliases: Aliases) => CascadeRequest

export function assignRequest({ record, to }: ReturnType<typeof assignShape>, names: Names): RequestMaker {
  const key = names.row(record)
  const owner = names.principal(to)
  return (aliases) => ({ operation: 'Assign', record: aliases.refOf(key), to: aliases.refOf(owner) })
}

export function deleteRequest({ record }: ReturnType<typeof deleteShape>, names: Names): RequestMaker {
  const key = names.row(record)
  return (aliases) => ({ operation: 'Delete', record: aliases.refOf(key) })
}

export function mergeRequest(stated: ReturnType<typeof mergeShape>, names: Names): RequestMaker {
  const target: RecordKey = names.row(stated.target)
  const subordinate: RecordKey = names.row(stated.subordinate)
  const table = names.table({ value: stated.target.table, at: stated.target.at })
  const content: Cells = readCells(stated.content ?? [], table, names)
  return (aliases) => ({
    operation: 'Merge',
    target: aliases.refOf(target),
    subordinate: aliases.refOf(subordinate),
    content: aliases.inputOf(content),
    parentingCheck: stated.parentingCheck ?? true,
  })
}
