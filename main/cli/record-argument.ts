import { EngineError, inputInvalid } from '#engine/contract/errors'
import type { FieldInput, RecordInput, RecordRef } from '#engine/contract/records'
import { CompiledModel } from '#engine/model/compiled-model'
import type { Workbench, WorkbenchUser } from '../workbench/index.ts'

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** An open environment, and the user in whose name its records are read. */
export interface Acting {
  workbench: Workbench
  user: WorkbenchUser
}

/**
 * Finds the record for `account/<guid>` or `account/<primary name>`. A name must be exact and belong to one row.
 * @throws INPUT_INVALID that lists the rows with the name, or says that none has it
 */
export async function findRecord({ workbench, user }: Acting, written: string): Promise<RecordRef> {
  const slash = written.indexOf('/')
  if (slash < 1 || slash === written.length - 1)
    throw inputInvalid(`"${written}" is not a record: write table/GUID or table/name, for instance account/Contoso.`)
  const table = workbench.table(written.slice(0, slash))
  const id = written.slice(slash + 1)
  if (GUID.test(id)) return { table: table.logicalName, id: id.toLowerCase() }
  if (table.primaryName === null) throw inputInvalid(`Rows of ${table.logicalName} have no name: write ${table.logicalName}/GUID.`)
  const { rows } = await user.findRecords({
    table: table.logicalName,
    filters: [{ column: table.primaryName, operator: 'equals', value: id }],
    offset: 0,
    limit: 5,
  })
  const [only, second] = rows
  if (only === undefined)
    throw new EngineError('RECORD_NOT_FOUND', `No ${table.logicalName} is named "${id}".`, {
      hint: 'The name must be exact; or write the GUID.',
    })
  if (second !== undefined)
    throw inputInvalid(
      `Several rows of ${table.logicalName} are named "${id}"; write the GUID of one: ${rows.map((row) => row.id).join(', ')}.`,
    )
  return { table: only.table, id: only.id }
}

/** Reads `column=value` pairs as values of a table's columns: a lookup as table/GUID or table/name, nothing after `=` for empty. */
export async function readAssignments(acting: Acting, tableName: string, pairs: readonly string[]): Promise<RecordInput> {
  const definition = acting.workbench.table(tableName)
  const compiled = new CompiledModel(0, [{ number: 0, definition }], [], [])
  const table = compiled.table(tableName)
  const values: RecordInput = {}
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    if (equals < 1) throw inputInvalid(`"${pair}" is not a value: write column=value.`)
    const column = compiled.column(table, pair.slice(0, equals))
    values[column.logicalName] = await readValue(acting, column.type, pair.slice(equals + 1), pair)
  }
  return values
}

async function readValue(acting: Acting, type: string, text: string, pair: string): Promise<FieldInput> {
  if (text === '') return null
  switch (type) {
    case 'Integer':
    case 'BigInt':
    case 'Decimal':
    case 'Double':
    case 'Money':
    case 'Choice':
    case 'State':
    case 'Status': {
      const number = Number(text)
      if (!Number.isFinite(number)) throw inputInvalid(`"${pair}": the column takes a number.`)
      return number
    }
    case 'Boolean':
      if (text !== 'true' && text !== 'false') throw inputInvalid(`"${pair}": the column takes true or false.`)
      return text === 'true'
    case 'MultiChoice':
      return text.split(',').map(Number)
    case 'Lookup':
    case 'Customer':
      return findRecord(acting, text)
    default:
      return text
  }
}
