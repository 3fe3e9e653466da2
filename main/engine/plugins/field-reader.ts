import { manifestText } from '#text/english/manifest'
import type { Phrase } from '#text/parameters'
import type { EngineError } from '../contract/errors.ts'
import { shortened } from '../contract/errors.ts'
import type { FieldProblem, ManifestSource } from './manifest-refusal.ts'
import { keyPattern, manifestRefused, valuePatterns } from './manifest-refusal.ts'

const DEFINITION = 'export default definePlugin({ name, version, apiVersion: 1, steps: [ … ] })'

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
  static open(value: unknown, path: string, known: readonly string[], source: ManifestSource): FieldReader {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw manifestRefused(source, {
        field: path,
        says: ({ field }) =>
          path === ''
            ? manifestText.noDefinition({ shown: shown(value), fields: known.join(', ') })
            : manifestText.notAnObject({ field, shown: shown(value) }),
        at: [/\bexport\s+default\b/],
        hint: manifestText.definitionHint({ code: DEFINITION }),
      })
    const unknown = Object.keys(value).find((name) => !known.includes(name))
    if (unknown !== undefined)
      throw manifestRefused(source, {
        field: join(path, shortened(unknown)),
        says: manifestText.unknownField,
        written: unknown,
        allowed: known,
        at: [keyPattern(unknown)],
      })
    return new FieldReader(value as Record<string, unknown>, path, source)
  }

  value(name: string): unknown {
    return this.#fields[name]
  }

  shown(name: string): Phrase {
    return shown(this.#fields[name])
  }

  /** Returns a required text. */
  text(name: string): string {
    const value = this.optionalText(name)
    if (value === undefined) throw this.refused(name, manifestText.textMissing)
    return value
  }

  optionalText(name: string): string | undefined {
    const value = this.#fields[name]
    if (value !== undefined && typeof value !== 'string')
      throw this.refused(name, ({ field }) => manifestText.notAText({ field, shown: shown(value) }))
    return value
  }

  list(name: string): unknown[] | undefined {
    const value = this.#fields[name]
    if (value !== undefined && !Array.isArray(value))
      throw this.refused(name, ({ field }) => manifestText.notAList({ field, shown: shown(value) }))
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
    const says: FieldProblem =
      value === undefined ? manifestText.missing : ({ field }) => manifestText.isNot({ field, shown: shown(value) })
    throw this.refusedValue(name, value, says, allowed)
  }

  /** Makes the error of a value that is none of the allowed ones. */
  refusedValue(name: string, value: unknown, says: FieldProblem, allowed: readonly string[]): EngineError {
    const field = join(this.#path, name)
    const at = value === undefined ? {} : { at: valuePatterns(field, value) }
    return manifestRefused(this.#source, { field, says, allowed, ...at, ...(typeof value === 'string' ? { written: value } : {}) })
  }

  /** Makes the error of an invalid field, with the text that says why. */
  refused(name: string, says: FieldProblem, allowed: readonly string[] = []): EngineError {
    const field = join(this.#path, name)
    const value = this.#fields[name]
    const at = value === undefined ? [] : [...(isPlain(value) ? valuePatterns(field, value) : []), keyPattern(name)]
    return manifestRefused(this.#source, { field, says, allowed, at })
  }
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Formats a value for a message. Functions arrive as `null`, handlers as `true`. */
function shown(value: unknown): Phrase {
  if (value === undefined) return manifestText.shown.missing
  if (value === null) return manifestText.shown.nullOrFunction
  if (Array.isArray(value)) return manifestText.shown.list
  if (typeof value === 'object') return manifestText.shown.object
  const text = JSON.stringify(value)
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`
}
