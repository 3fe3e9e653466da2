import { EngineError } from '../contract/errors.ts'
import type { PluginFile } from '../contract/plugins.ts'
import { didYouMean, listed, nearest } from '../model/nearest.ts'

/** What a manifest is checked against besides the model, and where its words are looked for. */
export interface ManifestSource {
  files: readonly PluginFile[]
  entry: string
}

export interface Refusal {
  /** Path of the field: `steps[2].stage`. */
  field: string
  /** What is wrong and what would be right, in whole sentences that go on from the field: `is "Post". It is one of …` */
  says: string
  /** What somebody wrote where something else was expected; names near it are offered. */
  written?: string
  allowed?: readonly string[]
  /** What to look for in the files; the first that stands in them exactly once says the line. @default the last name of the field */
  at?: readonly RegExp[]
  hint?: string
}

/** Lists longer than this are of tables and columns, where the nearest name helps more. */
const MOST_ALLOWED = 60

/** The one refusal of a module that does not fit. */
export function manifestRefused(source: ManifestSource, { field, says, written, allowed = [], at, hint }: Refusal): EngineError {
  const place = findLine(source, at ?? [keyPattern(lastName(field))])
  const where = place.line === null ? place.file : `${place.file}, line ${place.line}`
  const near = written === undefined ? undefined : nearest(written, allowed)
  const choices = allowed.length === 0 ? '' : ` Allowed: ${listed(allowed)}.`
  const question = written === undefined ? '' : didYouMean(written, allowed)
  return new EngineError('PLUGIN_INVALID', `${where}: ${field === '' ? '' : `${field} `}${says}${choices}${question}`, {
    ...(hint === undefined ? {} : { hint }),
    details: {
      field,
      ...(allowed.length > 0 && allowed.length <= MOST_ALLOWED ? { allowed: [...allowed] } : {}),
      ...(near === undefined ? {} : { nearest: near }),
      ...place,
    },
  })
}

/** A field with this text, or this value anywhere in quotes. */
export const valuePatterns = (field: string, value: unknown): RegExp[] => {
  if (typeof value !== 'string') return [new RegExp(`\\b${escaped(lastName(field))}\\s*:\\s*${escaped(JSON.stringify(value) ?? '')}`)]
  const quoted = `(['"\`])${escaped(value)}\\1`
  return [new RegExp(`\\b${escaped(lastName(field))}['"]?\\s*:\\s*${quoted}`), new RegExp(quoted)]
}

export const keyPattern = (name: string): RegExp => new RegExp(`(?<![\\w.])['"]?${escaped(name)}['"]?\\s*[:(]`)

/** Where a pattern occurs exactly once in the entry, or else in all of the modules. A guess, and left out where it would be one of several. */
function findLine({ files, entry }: ManifestSource, patterns: readonly RegExp[]): { file: string; line: number | null } {
  const modules = files.filter(({ path }) => /\.[mc]?[jt]s$/.test(path))
  for (const pattern of patterns)
    for (const searched of [modules.filter(({ path }) => path === entry), modules]) {
      const found = searched.flatMap(({ path, content }) =>
        [...content.matchAll(new RegExp(pattern, 'g'))].map(({ index }) => ({
          file: path,
          line: content.slice(0, index).split('\n').length,
        })),
      )
      const [only] = found
      if (only && found.length === 1) return only
      if (found.length > 1) break
    }
  return { file: entry, line: null }
}

/** `steps[2].preImage[0]` → `preImage` */
const lastName = (field: string): string => field.replace(/\[\d+\]$/, '').replace(/^.*\./, '')

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
