import { EngineError } from '#engine/contract/errors'
import type { Aliases, RecordKey } from '../cells.ts'
import { isGuid, recordName } from '../format/names-in-text.ts'
import { writtenValues } from '../format/records.ts'
import { fields } from '../shape.ts'
import { readCells } from '../values.ts'
import { defineOperation, nothingDone } from './operation.ts'

const createShape = fields('create', { record: recordName }, { set: writtenValues })

/** Gives the alias to a record that was refused before it existed, so that the error about it can name it. */
function nameRefused(key: RecordKey, error: unknown, aliases: Aliases): void {
  const record = error instanceof EngineError ? error.record : null
  if (record?.table === key.table && !aliases.has(key) && !aliases.knows(record)) aliases.add(key, record.id)
}

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
    try {
      const { mode, affected, record } = await user.createRecord(key.table, values, watcher ?? undefined)
      if (record !== null) aliases.add(key, record.id)
      return { ...nothingDone, mode, affected }
    } catch (error) {
      nameRefused(key, error, aliases)
      throw error
    }
  },
})
