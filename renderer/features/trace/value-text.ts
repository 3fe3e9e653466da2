import type { Words } from '../../text/words.ts'
import { shortId } from '../../ui/format.ts'
import { traceText } from './texts.ts'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const GUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

interface Reading {
  /** Names of records by id. */
  names?: ReadonlyMap<string, string>
  /** Whether to shorten ids to their end: ids of records created at the same time begin alike. */
  byEnd?: boolean
}

/** Formats a value of a target, an image or a parameter: records by name if known, else ids with eight characters. */
export function valueText(value: unknown, say: Words['say'], { names, byEnd = false }: Reading = {}): string {
  const idText = (id: string) => (byEnd ? `…${id.slice(-8)}` : shortId(id))
  if (value === null || value === undefined) return say(traceText.value.empty)
  if (value === '') return say(traceText.value.emptyText)
  if (typeof value === 'string') return GUID.test(value) ? (names?.get(value) ?? idText(value)) : value
  if (isObject(value)) {
    const { table, id, name, ...rest } = value
    if (typeof table === 'string' && typeof id === 'string' && Object.keys(rest).length === 0)
      return typeof name === 'string' ? name : (names?.get(id) ?? `${table} ${idText(id)}`)
  }
  return typeof value === 'object' ? JSON.stringify(value).replaceAll(GUIDS, idText) : String(value)
}

/** Formats a value in full, for copying. */
export const fullText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))
