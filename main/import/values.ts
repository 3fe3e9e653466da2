import type { ColumnDefinition } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import type { Message } from '#text/message'

const { problem } = findingText

export type PlainValue = string | number | boolean | null | number[]
export type ParsedValue = { value: PlainValue } | { problem: Message }

/** Converts the text of a file to a value of its column; an empty text is null. Does not handle lookups. */
export function parseValue(column: ColumnDefinition, text: string): ParsedValue {
  if (text === '') return { value: null }
  switch (column.type) {
    case 'Integer':
      return parseInteger(text)
    case 'Choice':
    case 'State':
    case 'Status':
      return parseChoice(column, text)
    case 'BigInt':
      return parseInteger(text)
    case 'Decimal':
    case 'Double':
    case 'Money':
      return parseNumber(text)
    case 'Boolean':
      return parseBoolean(column, text)
    case 'DateTime':
      return parseDate(text)
    case 'MultiChoice':
      return parseMultiChoice(text)
    case 'Uniqueidentifier':
      return parseGuid(text)
    default:
      return { value: text }
  }
}

function parseInteger(text: string): ParsedValue {
  const value = Number(text)
  return /^[+-]?\d+$/.test(text.trim()) && Number.isSafeInteger(value) ? { value } : { problem: problem.wholeNumber }
}

function parseNumber(text: string): ParsedValue {
  const value = Number(text)
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) && Number.isFinite(value)
    ? { value }
    : { problem: problem.decimalNumber }
}

/** Accepts a number, or a label of the column's options. */
function parseChoice(column: ColumnDefinition, text: string): ParsedValue {
  const number = parseInteger(text)
  if ('value' in number) return number
  const wanted = text.trim().toLowerCase()
  const matches = column.options.filter((option) => option.label?.toLowerCase() === wanted)
  const [option] = matches
  if (!option) return { problem: problem.option }
  return matches.length > 1 ? { problem: problem.severalOptions } : { value: option.value }
}

const BOOLEANS: Record<string, boolean> = { true: true, 1: true, yes: true, false: false, 0: false, no: false }

function parseBoolean(column: ColumnDefinition, text: string): ParsedValue {
  const word = text.trim().toLowerCase()
  const option = column.options.find(({ label }) => label?.toLowerCase() === word)
  if (option) return { value: option.value === 1 }
  return Object.hasOwn(BOOLEANS, word) ? { value: BOOLEANS[word] ?? null } : { problem: problem.boolean }
}

/** Parses `[-1,494280000,494280011,-1]`, in which the first and last -1 are only delimiters. */
function parseMultiChoice(text: string): ParsedValue {
  const parts = text.replace(/^\s*\[|\]\s*$/g, '').split(/[,;]/)
  const numbers = parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number)
  if (!numbers.every(Number.isInteger)) return { problem: problem.numbers }
  return { value: numbers.filter((number) => number !== -1) }
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i
const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,T]+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AP]M)?)?$/i

/** Parses ISO dates and US dates with the month first; without a zone both are UTC. Source: import formats, section 6.2. */
export function parseDate(text: string): ParsedValue {
  const trimmed = text.trim()
  const iso = ISO.exec(trimmed)
  if (iso) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = iso
    return utc(year, month, day, Number(hour), minute, second, Number(fraction.padEnd(3, '0').slice(0, 3)), offsetMinutes(zone))
  }
  const us = US.exec(trimmed)
  if (!us) return { problem: problem.date }
  const [, month, day, year, hour = '0', minute = '0', second = '0', half] = us
  if (Number(month) > 12) return { problem: problem.dateFormat }
  return utc(year, month, day, halfDayHour(Number(hour), half), minute, second, 0, 0)
}

const halfDayHour = (hour: number, half: string | undefined): number => (half ? (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : hour)

function offsetMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone.startsWith('-') ? -minutes : minutes
}

function utc(year = '', month = '', day = '', hour: number, minute: string, second: string, ms: number, offset: number): ParsedValue {
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), hour, Number(minute), Number(second), ms)
  const date = new Date(time)
  const isReal =
    date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && hour < 24 && Number(minute) < 60 && Number(second) < 60
  return isReal ? { value: time - offset * 60_000 } : { problem: problem.noSuchTime }
}

const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i

/** Returns the GUID in lower case and without braces, or `undefined` for other text. */
export const guidOf = (text: string): string | undefined => GUID.exec(text.trim())?.[1]?.toLowerCase()

function parseGuid(text: string): ParsedValue {
  const guid = guidOf(text)
  return guid ? { value: guid } : { problem: problem.guid }
}
