import { isGuid, recordName } from '../format/names-in-text.ts'
import { writtenValues } from '../format/records.ts'
import { fields } from '../shape.ts'
import { readCells } from '../values.ts'
import { defineOperation, nothingDone } from './operation.ts'

const createShape = fields('create', { record: recordName }, { set: writtenValues })

export const create = defineOperation({
  key: 'create',
  shape: createShape,
  creates: ({ record }) => record,
  check({ record, set }, names) {
    const table = names.table({ value: record.table, at: record.at })
    return { key: names.row(record), primaryId: table.definition.primaryId, cells: readCells(set ?? [], table, names) }
  },
  async run({ key, primaryId, cells }, { user, aliases, watcher }) {
    const values = aliases.inputOf(cells)
    if (isGuid(key.id)) values[primaryId] = key.id
    const { mode, affected, record } = await user.createRecord(key.table, values, watcher ?? undefined)
    if (record !== null) aliases.add(key, record.id)
    return { ...nothingDone, mode, affected }
  },
})
