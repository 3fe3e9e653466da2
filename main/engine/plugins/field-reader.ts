import type { EngineError } from '../contract/errors.ts'
import type { ManifestSource } from './manifest-refusal.ts'
import { keyPattern, manifestRefused, valuePatterns } from './manifest-refusal.ts'

/** Reads the fields of one object of a manifest. Each error names the field and its place in the files. */
export class FieldReader {
  readonly #fields: Record<string, unknown>
  readonly #path: string
  readonly #source: ManifestSource

  private constructor(fields: Record<string, unknown>, path: string, source: ManifestSource) {
    this.#fields = fields
    this.#path = path
    this.#source = source
  }

  /** Makes a reader of an object. @throws PLUGIN_INVALID if it is no object, or has an unknown field */
  static open(value: unknown, path: string, what: string, known: readonly string[], source: ManifestSource): FieldReader {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw manifestRefused(source, {
        field: path,
        says:
          path === ''
            ? `${what} is ${shown(value)}. It is an object with the fields ${known.join(', ')}.`
            : `is ${shown(value)}, not an object.`,
        at: [/\bexport\s+default\b/],
        hint: 'Write: export default definePlugin({ name, version, apiVersion: 1, steps: [ … ] })',
      })
    const unknown = Object.keys(value).find((name) => !known.includes(name))
    if (unknown !== undefined)
      throw manifestRefused(source, {
        field: join(path, unknown),
        says: 'is not a field that there is.',
        written: unknown,
        allowed: known,
        at: [keyPattern(unknown)],
      })
    return new FieldReader(value as Record<string, unknown>, path, source)
  }

  value(name: string): unknown {
    return this.#fields[name]
  }

  shown(name: string): string {
    return shown(this.#fields[name])
  }

  /** Returns a required text. */
  text(name: string): string {
    const value = this.optionalText(name)
    if (value === undefined) throw this.refused(name, 'is missing. It is a text.')
    return value
  }

  optionalText(name: string): string | undefined {
    const value = this.#fields[name]
    if (value !== undefined && typeof value !== 'string') throw this.refused(name, `is ${shown(value)}. It is a text.`)
    return value
  }

  list(name: string): unknown[] | undefined {
    const value = this.#fields[name]
    if (value !== undefined && !Array.isArray(value)) throw this.refused(name, `is ${shown(value)}. It is a list.`)
    return value
  }

  /** Returns one of the allowed words, or the default for a missing field. */
  word<T extends string>(name: string, allowed: readonly T[], otherwise?: T): T {
    const value = this.#fields[name]
    if (value === undefined && otherwise !== undefined) return otherwise
    return this.choice(name, value, allowed)
  }

  choice<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
    const found = allowed.find((word) => word === value)
    if (found !== undefined) return found
    throw this.refusedValue(name, value, value === undefined ? 'is missing.' : `is ${shown(value)}.`, allowed)
  }

  /** Makes the error of a value that is none of the allowed ones. */
  refusedValue(name: string, value: unknown, says: string, allowed: readonly string[]): EngineError {
    const field = join(this.#path, name)
    const at = value === undefined ? {} : { at: valuePatterns(field, value) }
    return manifestRefused(this.#source, { field, says, allowed, ...at, ...(typeof value === 'string' ? { written: value } : {}) })
  }

  /** Makes the error of an invalid field, with a sentence as the reason. */
  refused(name: string, says: string, allowed: readonly string[] = []): EngineError {
    const field = join(this.#path, name)
    const value = this.#fields[name]
    const at = value === undefined ? [] : [...(isPlain(value) ? valuePatterns(field, value) : []), keyPattern(name)]
    return manifestRefused(this.#source, { field, says, allowed, at })
  }
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Formats a value for a message. Functions arrive as `null`, handlers as `true`. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null, or a function'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`
}
