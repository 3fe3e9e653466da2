import type { DamagedValue } from '../contract/records.ts'
import type { ColumnType } from '../contract/tables.ts'
import { LAST_MS } from './checked-rows.ts'
import { shown } from './unusable.ts'

/** What SQLite can hold in a column that is no lookup, in a file from anybody. */
export type Held = string | number | bigint | Uint8Array | null

/** Reads a stored value that is not NULL. */
export type ReadValue = (value: Held) => string | number | boolean | number[] | DamagedValue

const damaged = (value: unknown): DamagedValue => ({ damaged: shown(value) })

const isTime = (value: Held): value is number => typeof value === 'number' && Math.abs(value) <= LAST_MS

/** Returns a time in the range of dates: a damaged one is 0. */
export const timeIn = (value: number): number => (isTime(value) ? value : 0)

/**
 * Returns how values of a type are read. A value that the type cannot have is returned as damaged. Texts in columns of numbers, and the
 * other way round, stay as they are where they can: the type of a column may have changed, and what it held stays.
 */
export function readerOfType(type: ColumnType): ReadValue {
  switch (type) {
    case 'Boolean':
      return (value) => (value === 0 || value === 1 ? value === 1 : damaged(value))
    case 'DateTime':
      return (value) => (isTime(value) ? new Date(value).toISOString() : damaged(value))
    case 'MultiChoice':
      return (value) => choicesIn(value) ?? damaged(value)
    case 'Integer':
    case 'BigInt':
    case 'Choice':
    case 'State':
    case 'Status':
      return (value) => (isNumber(value) && (typeof value === 'string' || isWhole(value)) ? value : damaged(value))
    case 'Decimal':
    case 'Double':
    case 'Money':
      return (value) => (isNumber(value) ? value : damaged(value))
    default:
      return (value) => (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? value : damaged(value))
  }
}

const isNumber = (value: Held): value is number | string =>
  typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && value !== '' && Number.isFinite(Number(value))

/** A fraction may be left from when the column had another type; a whole number that JavaScript does not hold exactly is damaged. */
const isWhole = (value: number): boolean => !Number.isInteger(value) || Number.isSafeInteger(value)

function choicesIn(value: Held): number[] | undefined {
  if (typeof value !== 'string') return undefined
  try {
    const choices: unknown = JSON.parse(value)
    return Array.isArray(choices) && choices.every((choice) => typeof choice === 'number') ? (choices as number[]) : undefined
  } catch {
    return undefined
  }
}
