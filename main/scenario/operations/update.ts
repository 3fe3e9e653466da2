import { recordName } from '../format/names-in-text.ts'
import { writtenValues } from '../format/records.ts'
import { fields } from '../shape.ts'
import { readCells } from '../values.ts'
import { defineOperation, nothingDone, refOf } from './operation.ts'

const updateShape = fields('update', { record: recordName, set: writtenValues }, {})

export const update = defineOperation({
  key: 'update',
  shape: updateShape,
  check({ record, set }, names) {
    const table = names.table({ value: record.table, at: record.at })
    return { key: names.row(record), cells: readCells(set, table, names) }
  },
  async run({ key, cells }, context) {
    const { user, aliases, mode, watcher } = context
    const done = await user.updateRecord(refOf(context, key), aliases.inputOf(cells), mode, watcher ?? undefined)
    return { ...nothingDone, mode: done.mode, affected: done.affected, jobId: done.jobId, starts: true }
  },
})
