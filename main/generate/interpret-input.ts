import { inputInvalid } from '#engine/contract/errors'
import type { LoadValue, LoadValues, RecordLoader } from '#engine/contract/loader'
import type { FieldInput, RecordInput, RecordRef } from '#engine/contract/records'
import type { ColumnDefinition } from '#engine/contract/tables'
import { nearestOf, type TableShape } from './check-rules.ts'

/** Converts values as people write them to values of the loader. `where` begins the messages: `Rule 1 (contact), set`. */
export function interpretInput(input: RecordInput, table: TableShape, loader: RecordLoader, where: string): LoadValues {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, interpret(value, columnOf(table, name, where), table, loader, `${where}.${name}`)]),
  )
}

function columnOf({ logicalName, definition }: TableShape, name: string, where: string): ColumnDefinition {
  const column = definition.columns.find((candidate) => candidate.logicalName === name)
  if (column !== undefined && name !== definition.primaryId) return column
  if (column !== undefined)
    throw inputInvalid(`${where}.${name}: every generated row gets an id of its own; leave it out.`, { field: name })
  const nearest = nearestOf(
    name,
    definition.columns.map((candidate) => candidate.logicalName),
  )
  const hint = nearest === null ? '' : `; did you mean "${nearest}"?`
  throw inputInvalid(`${where}: table ${logicalName} has no column "${name}"${hint}`, { table: logicalName, column: name })
}

function interpret(value: FieldInput, column: ColumnDefinition, table: TableShape, loader: RecordLoader, field: string): LoadValue {
  if (value === null) return null
  const wants = (what: string) => inputInvalid(`${field} takes ${what}, not ${JSON.stringify(value)}.`, { field })
  switch (column.type) {
    case 'Owner':
      if (typeof value === 'string') return ownerNamed(value, loader, field)
      if (isRecordRef(value)) return linkTo(value, ['systemuser', 'team'], loader, field)
      throw wants('the name of a user or team')
    case 'Lookup':
    case 'Customer':
      if (isRecordRef(value)) return linkTo(value, table.targets.get(column.logicalName) ?? [], loader, field)
      throw wants('a record (table and id)')
    case 'DateTime': {
      const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
      if (Number.isNaN(ms)) throw wants('a date such as 2026-03-31 or 2026-03-31T08:00:00Z')
      return ms
    }
    case 'Integer':
    case 'BigInt':
    case 'Choice':
    case 'State':
    case 'Status':
      if (Number.isInteger(value)) return value as number
      throw wants('a whole number')
    case 'Decimal':
    case 'Double':
    case 'Money':
      if (typeof value === 'number') return value
      throw wants('a number')
    case 'Boolean':
      if (typeof value === 'boolean') return value
      throw wants('true or false')
    case 'MultiChoice':
      if (Array.isArray(value)) return value
      throw wants('a list of whole numbers')
    default:
      if (typeof value === 'string') return value
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      throw wants('text')
  }
}

function ownerNamed(name: string, loader: RecordLoader, field: string): LoadValue {
  const owner = loader.findOwner(name)
  if (owner === undefined) throw inputInvalid(`${field}: there is no user and no team called "${name}".`, { field, name })
  return owner
}

function linkTo({ table, id }: RecordRef, targets: string[], loader: RecordLoader, field: string): LoadValue {
  if (!targets.includes(table)) {
    throw inputInvalid(`${field} points to ${targets.join(' or ') || 'no table'}, not to ${table}.`, { field, table })
  }
  const row = loader.find(table, id)
  if (row === undefined) {
    throw inputInvalid(`${field}: there is no ${table} with id ${id} to point to.`, { field, table, id })
  }
  return { table, row }
}

const isRecordRef = (value: FieldInput): value is RecordRef => typeof value === 'object' && value !== null && !Array.isArray(value)
