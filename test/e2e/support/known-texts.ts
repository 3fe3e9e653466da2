import { readdirSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import Database from 'better-sqlite3'
import { MESSAGES, STAGES } from '#engine/contract/messages'
import { platformTexts } from '#text/english/platform'
import { textsByKey } from '#text/message'
import { ROOT } from '../../support/repository.ts'

/** Letters that the pseudo-locale replaces: every English word has one of them. */
export const REPLACED = /[acdeilnorstuyz]/i

export const withoutPunctuation = (text: string): string => text.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '')

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** `/folder/file.ts`, `steps[0].stage` */
const PATH = /^([\w.:-]*([\\/][\w.-]+)+|\w+([.[]\w+\]?)+)$/
const CODE = /^((0x)?[0-9a-f-]{8,}|null|true|false)$/i
const DATED = /^([A-Z][a-z]{2} \d{1,2}, (\d{4}(, )?)?[\d:. ]*([AP]M)?|\d{4}-\d\d-\d\dT[\d:.]+Z)$/
/** What stands between two names: punctuation, numbers and ids. */
const BETWEEN = new RegExp(`${GUID}|\\b0x[0-9a-f]+\\b|(?<![\\w.-])\\d[\\d.,]*(?![\\w-])|[,;:()/→×“”"=|]+|[.?!](?= |$)| - `, 'gi')

/** Returns whether a text is data, a code, a date or the platform's, or several of them with punctuation between. */
export function isKnown(run: string, data: ReadonlySet<string>): boolean {
  if (!REPLACED.test(run) || isOneOf(data, run) || CODE.test(run) || DATED.test(run) || PATH.test(run) || isOfPlatform(run)) return true
  const pieces = run.split(BETWEEN).map(withoutPunctuation)
  return pieces.length > 1 && pieces.every((piece) => isKnown(piece, data))
}

/** Returns whether words are several known texts in a row, as parameters between which a message says nothing. */
export function isSequence(words: string[], data: ReadonlySet<string>): boolean {
  return (
    words.length === 0 ||
    words.some((_, index) => isKnown(words.slice(0, index + 1).join(' '), data) && isSequence(words.slice(index + 1), data))
  )
}

/** A long name is shown without its middle. */
function isOneOf(data: ReadonlySet<string>, run: string): boolean {
  const [start = '', end] = run.toLowerCase().split('…')
  if (end === undefined) return data.has(start)
  return [...data].some((text) => text.startsWith(start) && text.endsWith(end))
}

/** The platform's texts; anything can stand for their parameters. */
const OF_PLATFORM = [...textsByKey(platformTexts).map(([, text]) => text), ...MESSAGES, ...STAGES].map(
  (text) =>
    new RegExp(
      `^${text
        .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
        .replace(/\{[^}]*\}/g, '.*')
        .replace(/\\\.$/, '\\.?')}$`,
      'i',
    ),
)
const isOfPlatform = (run: string): boolean => OF_PLATFORM.some((pattern) => pattern.test(run))

/** Returns every text of the environments and other files below a folder and the names of the product's own plug-ins, in lower case. */
export function dataIn(folder: string): Set<string> {
  const data = new Set(readdirSync(join(ROOT, 'plugins')))
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    for (const name of path.split(/[\\/]/)) data.add(name.toLowerCase()).add(parse(name).name.toLowerCase())
    if (path.endsWith('.cascade')) addTexts(new Database(join(folder, path), { readonly: true }), data)
    if (/\.(csv|ts|xml)$/.test(path)) for (const text of readFileSync(join(folder, path), 'utf8').split(/[,'"<>\n]/)) addText(text, data)
  }
  return data
}

/** What the product itself says in an environment: a sentence there is a text without a key. */
const SAID = new Set([
  '_system_job.message',
  '_system_job.friendlymessage',
  '_system_job.hint',
  '_job_message.text',
  '_table.origin_note',
  '_relationship.origin_note',
])

function addTexts(file: Database.Database, data: Set<string>): void {
  const tables = file.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  for (const table of tables) {
    for (const row of file.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).iterate())
      for (const [column, value] of Object.entries(row)) if (!SAID.has(`${table}.${column}`)) addText(value, data)
  }
  file.close()
}

/** Adds a value of the file; lists and objects are kept as JSON. */
function addText(value: unknown, data: Set<string>): void {
  if (typeof value === 'string') {
    data.add(withoutPunctuation(value).toLowerCase())
    if (/^[[{]/.test(value)) addText(parsed(value), data)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inside] of Object.entries(value)) {
      data.add(name.toLowerCase())
      addText(inside, data)
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
