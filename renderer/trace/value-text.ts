import { shortId } from '../ui/format.ts'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const GUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Any value of a target, an image or a parameter as a person reads it: ids with eight characters, references by name where they have one. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (typeof value === 'string') return value === '' ? 'empty text' : GUID.test(value) ? shortId(value) : value
  if (isObject(value)) {
    const { table, id, name, ...rest } = value
    if (typeof table === 'string' && typeof id === 'string' && Object.keys(rest).length === 0)
      return typeof name === 'string' ? name : `${table} ${shortId(id)}`
  }
  return typeof value === 'object' ? JSON.stringify(value).replaceAll(GUIDS, shortId) : String(value)
}

/** The same in full, for who wants to copy it. */
export const fullText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))
