import { shortId } from '../../ui/format.ts'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const GUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

interface Reading {
  /** What records are called, by id. */
  names?: ReadonlyMap<string, string>
  /** Ids of records made at the same time begin alike; their ends tell them apart. */
  byEnd?: boolean
}

/** Any value of a target, an image or a parameter as a person reads it: records by name where they have one, else ids with eight characters. */
export function valueText(value: unknown, { names, byEnd = false }: Reading = {}): string {
  const idText = (id: string) => (byEnd ? `…${id.slice(-8)}` : shortId(id))
  if (value === null || value === undefined) return 'empty'
  if (typeof value === 'string') return value === '' ? 'empty text' : GUID.test(value) ? (names?.get(value) ?? idText(value)) : value
  if (isObject(value)) {
    const { table, id, name, ...rest } = value
    if (typeof table === 'string' && typeof id === 'string' && Object.keys(rest).length === 0)
      return typeof name === 'string' ? name : (names?.get(id) ?? `${table} ${idText(id)}`)
  }
  return typeof value === 'object' ? JSON.stringify(value).replaceAll(GUIDS, idText) : String(value)
}

/** The same in full, for who wants to copy it. */
export const fullText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))
