import { manifestText } from '#text/english/manifest'
import type { Message } from '#text/message'
import { EngineError } from '../contract/errors.ts'
import type { PluginFile } from '../contract/plugins.ts'
import { listed, nearest } from '../model/nearest.ts'

/** The files in which the place of an error is looked for. */
export interface ManifestSource {
  files: readonly PluginFile[]
  entry: string
}

/** A text of the catalogue that names the field. */
export type FieldProblem = (params: { field: string }) => Message

export interface Refusal {
  /** Path of the field: `steps[2].stage`. */
  field: string
  /** What is wrong and what would be right, in sentences that begin with the field: `steps[2].stage is "Post".` */
  says: FieldProblem
  /** The wrong word, for which similar names are suggested. */
  written?: string
  allowed?: readonly string[]
  /** Patterns for the line of the error; the first that occurs exactly once is used. @default the last name of the field */
  at?: readonly RegExp[]
  hint?: Message
}

/** Longer lists of allowed values, which are tables and columns, are left out in favour of similar names. */
const MOST_ALLOWED = 60

/** Makes the error of an invalid manifest. */
export function manifestRefused(source: ManifestSource, { field, says, written, allowed = [], at, hint }: Refusal): EngineError {
  const place = findLine(source, at ?? [keyPattern(lastName(field))])
  const near = written === undefined ? undefined : nearest(written, allowed)
  const choices = allowed.length === 0 ? says({ field }) : manifestText.allowed({ problem: says({ field }), words: listed(allowed) })
  const problem = near === undefined ? choices : manifestText.didYouMean({ problem: choices, word: near })
  return new EngineError('PLUGIN_INVALID', placed(problem, place), {
    ...(hint === undefined ? {} : { hint }),
    details: {
      field,
      ...(allowed.length > 0 && allowed.length <= MOST_ALLOWED ? { allowed: [...allowed] } : {}),
      ...(near === undefined ? {} : { nearest: near }),
      ...place,
    },
  })
}

const placed = (problem: Message, { file, line }: { file: string; line: number | null }): Message =>
  line === null ? manifestText.inFile({ file, problem }) : manifestText.inLine({ file, line: String(line), problem })

/** Characters of a name or value whose place is looked for. Longer ones make patterns that take too long, or too much memory. */
const LONGEST_SEARCHED = 1_000

/** Returns patterns for a field with this value, or for the value anywhere in quotes. */
export const valuePatterns = (field: string, value: unknown): RegExp[] => {
  if ((JSON.stringify(value) ?? '').length > LONGEST_SEARCHED) return []
  if (typeof value !== 'string') return [new RegExp(`\\b${escaped(lastName(field))}\\s*:\\s*${escaped(JSON.stringify(value) ?? '')}`)]
  const quoted = `(['"\`])${escaped(value)}\\1`
  return [new RegExp(`\\b${escaped(lastName(field))}['"]?\\s*:\\s*${quoted}`), new RegExp(quoted)]
}

export const keyPattern = (name: string): RegExp => new RegExp(`(?<![\\w.])['"]?${escaped(name.slice(0, LONGEST_SEARCHED))}['"]?\\s*[:(]`)

/** Returns the line of the first pattern that occurs exactly once in the entry, or else in all modules. An ambiguous place is not reported. */
function findLine({ files, entry }: ManifestSource, patterns: readonly RegExp[]): { file: string; line: number | null } {
  const modules = files.filter(({ path }) => /\.[mc]?[jt]s$/.test(path))
  for (const pattern of patterns)
    for (const searched of [modules.filter(({ path }) => path === entry), modules]) {
      const found = firstTwo(searched, pattern)
      const [only] = found
      if (only && found.length === 1) return { file: only.path, line: only.content.slice(0, only.index).split('\n').length }
      if (found.length > 1) break
    }
  return { file: entry, line: null }
}

/** Returns the first two places of a pattern: more need not be known. */
function firstTwo(files: readonly PluginFile[], pattern: RegExp): { path: string; content: string; index: number }[] {
  const found: { path: string; content: string; index: number }[] = []
  for (const { path, content } of files)
    for (const { index } of content.matchAll(new RegExp(pattern, 'g'))) {
      found.push({ path, content, index })
      if (found.length === 2) return found
    }
  return found
}

/** Returns `preImage` for `steps[2].preImage[0]`. */
const lastName = (field: string): string => field.replace(/\[\d+\]$/, '').replace(/^.*\./, '')

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
