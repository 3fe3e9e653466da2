import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import type { Message } from '#text/message'
import { EngineError, type PlatformErrorName, shortened } from '../contract/errors.ts'
import type { FieldInput, RecordInput } from '../contract/records.ts'
import type { ColumnDefinition } from '../contract/tables.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import { isKeptByPlatform } from '../store/records.ts'

/**
 * Checks what a user or a step writes to a record: no column that must have a value is emptied, no text is too long, no choice is none of
 * the options. Source of the codes: the platform's list of web service errors.
 * @throws INPUT_INVALID with the platform's code, and the column in its details
 */
export function checkColumnLimits(table: CompiledTable, values: RecordInput): void {
  for (const [name, value] of Object.entries(values)) {
    const column = table.columns.get(name)
    if (!column) continue
    if (isEmpty(value)) checkFilled(table, column)
    else {
      checkLength(table, column, value)
      checkOption(table, column, value)
    }
  }
}

/** Checks that a new record has a value in each column that a create must state. @throws INPUT_INVALID with 0x80040203 */
export function checkMandatory(table: CompiledTable, values: RecordInput): void {
  for (const column of table.columns.values())
    if (column.requiredLevel === 'Mandatory' && !isGivenByPlatform(table, column) && isEmpty(values[column.logicalName]))
      throw valueMissing(table, column)
}

const isEmpty = (value: FieldInput | undefined): boolean => value === undefined || value === null || value === ''

function checkFilled(table: CompiledTable, column: ColumnDefinition): void {
  if (column.requiredLevel === 'SystemRequired' || column.requiredLevel === 'Mandatory') throw valueMissing(table, column)
}

function checkLength(table: CompiledTable, column: ColumnDefinition, value: FieldInput): void {
  const { maxLength } = column
  if (maxLength === null || typeof value !== 'string' || value.length <= maxLength) return
  throw refused(
    table,
    column,
    platform.stringTooLong({ column: nameOf(table, column), length: value.length, most: maxLength }),
    'StringLengthTooLong',
    { length: value.length, maxLength },
  )
}

function checkOption(table: CompiledTable, column: ColumnDefinition, value: FieldInput): void {
  if ((column.type !== 'Choice' && column.type !== 'MultiChoice') || !hasAllOptions(column)) return
  const chosen = Array.isArray(value) ? value : [value]
  const other = chosen.find((each) => typeof each === 'number' && !column.options.some((option) => option.value === each))
  if (other === undefined) return
  throw refused(
    table,
    column,
    platform.optionOutOfRange({
      column: nameOf(table, column),
      value: String(other),
      options: shortened(
        column.options.map((option) => (option.label === null ? String(option.value) : `${option.value} ${option.label}`)).join(', '),
      ),
    }),
    'PicklistValueOutOfRange',
    { value: other },
  )
}

/**
 * Returns whether the options of a column are all that it has. Of a column of the platform, a solution may list only those that it adds.
 */
const hasAllOptions = ({ options, sourceType, logicalName }: ColumnDefinition): boolean =>
  options.length > 0 && (sourceType === null || /^[a-z][a-z0-9]{1,7}_/.test(logicalName))

/** Returns whether the platform fills a column in: the key, the owner, state and status reason, and what nobody can set. */
const isGivenByPlatform = ({ definition }: CompiledTable, { logicalName, type }: ColumnDefinition): boolean =>
  logicalName === definition.primaryId || type === 'Owner' || type === 'State' || type === 'Status' || isKeptByPlatform(logicalName)

const nameOf = ({ definition }: CompiledTable, { logicalName }: ColumnDefinition): string => `${definition.logicalName}.${logicalName}`

/** No source names a code for a missing value; that of an invalid argument is our reading. */
const valueMissing = (table: CompiledTable, column: ColumnDefinition): EngineError =>
  refused(table, column, operationText.valueMissing({ column: nameOf(table, column) }), 'InvalidArgument', {})

const refused = (
  { definition }: CompiledTable,
  { logicalName }: ColumnDefinition,
  message: Message,
  code: PlatformErrorName,
  details: Record<string, unknown>,
): EngineError =>
  new EngineError('INPUT_INVALID', message, {
    platform: code,
    hint: operationText.otherValueHint,
    details: { table: definition.logicalName, column: logicalName, ...details },
  })
