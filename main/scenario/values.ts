import type { ColumnDefinition } from '#engine/contract/tables'
import type { CompiledTable } from '#engine/model/compiled-model'
import type { Cell, Cells, RecordKey } from './cells.ts'
import { isGuid, normalId, type RecordName, splitRecordName } from './format/names-in-text.ts'
import type { WrittenValues } from './format/records.ts'
import type { Names } from './names.ts'
import { invalid, type Located } from './scenario-error.ts'
import { expected } from './shape.ts'
import type { SourceNode } from './source.ts'

/** Checks a record that a lookup names. @default it must be one that the file defines or creates */
export type RecordCheck = (name: RecordName) => RecordKey

/** Reads values by the types of their columns. @throws ScenarioError for unknown columns and values of a wrong type */
export function readCells(
  written: WrittenValues,
  table: CompiledTable,
  names: Names,
  check: RecordCheck = (name) => names.record(name),
): Cells {
  const cells: Cells = {}
  for (const { name, nameAt, value } of written)
    cells[name] = readCell(value, table, names.column(table, { value: name, at: nameAt }), names, check)
  return cells
}

export function readCell(node: SourceNode, table: CompiledTable, column: ColumnDefinition, names: Names, check: RecordCheck): Cell {
  if (column.type === 'MultiChoice') return wholeNumbers(node)
  if (node.kind !== 'scalar') throw expected(`a value for ${column.logicalName} (${column.type})`, node)
  const { value } = node
  if (value === null) return null
  const wrong = (what: string) => expected(`${what} for ${column.logicalName} (${column.type})`, node)
  switch (column.type) {
    case 'Integer':
    case 'BigInt':
    case 'Choice':
    case 'State':
    case 'Status':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong('a whole number')
      return value
    case 'Decimal':
    case 'Double':
    case 'Money':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong('a number')
      return value
    case 'Boolean':
      if (typeof value !== 'boolean') throw wrong('true or false')
      return value
    case 'DateTime':
      if (typeof value !== 'string' || !DATE.test(value) || Number.isNaN(Date.parse(value)))
        throw wrong('a date such as 2026-01-31T12:00:00Z')
      return new Date(value.length > 10 && !ZONE.test(value) ? `${value}Z` : value).toISOString()
    case 'Owner':
      return readOwner({ value: node.text, at: node.at }, names)
    case 'Lookup':
    case 'Customer':
      return readLookup({ value: node.text, at: node.at }, table, column, names, check)
    case 'PartyList':
    case 'Image':
    case 'File':
      throw invalid(`A scenario cannot set ${column.logicalName} (${column.type}).`, node.at)
    default:
      return typeof value === 'string' ? value : node.text
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/
const ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/

function wholeNumbers(node: SourceNode): number[] | null {
  if (node.kind === 'scalar' && node.value === null) return null
  if (node.kind !== 'list') throw expected('a list of whole numbers', node)
  return node.items.map((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'number' || !Number.isInteger(item.value)) throw expected('a whole number', item)
    return item.value
  })
}

function readOwner(name: Located<string>, names: Names): RecordKey {
  const reference = splitRecordName(name.value)
  if (reference?.table === 'team') return names.team({ value: reference.id, at: name.at })
  if (reference?.table === 'systemuser') return names.user({ value: reference.id, at: name.at })
  return names.principal(name)
}

function readLookup(written: Located<string>, table: CompiledTable, column: ColumnDefinition, names: Names, check: RecordCheck): Cell {
  const targets = table.targets.get(column.logicalName) ?? []
  const only = targets.length === 1 ? targets[0] : undefined
  const reference = splitRecordName(written.value)
  if (reference === undefined) {
    if (only === 'systemuser') return names.user(written)
    if (only === 'businessunit') return names.unit(written)
    if (only !== undefined && isGuid(written.value)) return { table: only, id: normalId(written.value) }
    throw invalid(`Expected a record as table/id for the lookup ${column.logicalName}, found "${written.value}".`, written.at)
  }
  const key = check({ ...reference, at: written.at })
  if (targets.length > 0 && !targets.includes(key.table))
    throw invalid(
      `The lookup ${table.definition.logicalName}.${column.logicalName} takes ${targets.join(' or ')}, not ${key.table}.`,
      written.at,
    )
  return key
}
