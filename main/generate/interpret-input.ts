import { inputInvalid } from '#engine/contract/errors'
import type { LoadValue, LoadValues, RecordLoader } from '#engine/contract/loader'
import type { FieldInput, RecordInput, RecordRef } from '#engine/contract/records'
import type { ColumnDefinition } from '#engine/contract/tables'
import { generateText } from '#text/english/generate'
import { anyOf, valueText } from '#text/english/values'
import type { Message } from '#text/message'
import { nearestOf, type TableShape } from './check-rules.ts'

/** A place in a rule, which begins the messages: `Rule 1 (contact), set`. */
interface Place {
  rule: Message
  field: string
}

/** Converts values as people write them to values of the loader. */
export function interpretInput(input: RecordInput, table: TableShape, loader: RecordLoader, place: Place): LoadValues {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const column = columnOf(table, name, place)
      return [name, interpret(value, column, table, loader, { ...place, field: `${place.field}.${name}` })]
    }),
  )
}

function columnOf({ logicalName, definition }: TableShape, name: string, place: Place): ColumnDefinition {
  const column = definition.columns.find((candidate) => candidate.logicalName === name)
  if (column !== undefined && name !== definition.primaryId) return column
  if (column !== undefined) throw inputInvalid(generateText.idGiven({ ...place, field: `${place.field}.${name}` }), { field: name })
  const nearest = nearestOf(
    name,
    definition.columns.map((candidate) => candidate.logicalName),
  )
  const named = { ...place, table: logicalName, column: name }
  throw inputInvalid(nearest === null ? generateText.columnUnknown(named) : generateText.columnUnknownNear({ ...named, nearest }), {
    table: logicalName,
    column: name,
  })
}

function interpret(value: FieldInput, column: ColumnDefinition, table: TableShape, loader: RecordLoader, place: Place): LoadValue {
  if (value === null) return null
  const wants = (expected: Message) => {
    return inputInvalid(generateText.takes({ ...place, expected, value: JSON.stringify(value) }), { field: place.field })
  }
  switch (column.type) {
    case 'Owner':
      if (typeof value === 'string') return ownerNamed(value, loader, place)
      if (isRecordRef(value)) return linkTo(value, ['systemuser', 'team'], loader, place)
      throw wants(generateText.ownerName)
    case 'Lookup':
    case 'Customer':
      if (isRecordRef(value)) return linkTo(value, table.targets.get(column.logicalName) ?? [], loader, place)
      throw wants(generateText.recordReference)
    case 'DateTime': {
      const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
      if (Number.isNaN(ms)) throw wants(valueText.date({ example: anyOf(['2026-03-31', '2026-03-31T08:00:00Z']) }))
      return ms
    }
    case 'Integer':
    case 'BigInt':
    case 'Choice':
    case 'State':
    case 'Status':
      if (Number.isInteger(value)) return value as number
      throw wants(valueText.wholeNumber)
    case 'Decimal':
    case 'Double':
    case 'Money':
      if (typeof value === 'number') return value
      throw wants(valueText.number)
    case 'Boolean':
      if (typeof value === 'boolean') return value
      throw wants(valueText.trueOrFalse)
    case 'MultiChoice':
      if (Array.isArray(value)) return value
      throw wants(valueText.wholeNumbers)
    default:
      if (typeof value === 'string') return value
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      throw wants(valueText.text)
  }
}

function ownerNamed(name: string, loader: RecordLoader, place: Place): LoadValue {
  const owner = loader.findOwner(name)
  if (owner === undefined) throw inputInvalid(generateText.ownerUnknown({ ...place, name }), { field: place.field, name })
  return owner
}

function linkTo({ table, id }: RecordRef, targets: string[], loader: RecordLoader, place: Place): LoadValue {
  if (!targets.includes(table)) {
    const says =
      targets.length === 0
        ? generateText.noTable({ ...place, table })
        : generateText.otherTable({ ...place, tables: anyOf(targets), table })
    throw inputInvalid(says, { field: place.field, table })
  }
  const row = loader.find(table, id)
  if (row === undefined) {
    throw inputInvalid(generateText.recordUnknown({ ...place, table, id }), { field: place.field, table, id })
  }
  return { table, row }
}

const isRecordRef = (value: FieldInput): value is RecordRef => typeof value === 'object' && value !== null && !Array.isArray(value)
