import { posix } from 'node:path'
import { packageText } from '#text/english/packages'
import type { Message } from '#text/message'
import { MODULE_NAME } from './module-paths.ts'
import { packageInvalid } from './package-invalid.ts'
import type { PackageTree } from './package-tree.ts'

const MANIFEST = 'package.json'
const GROUP = 'cascadeWorkbench'
const FIELD = `${GROUP}.plugin`
const USUAL_ENTRIES = ['index.ts', 'index.mts', 'index.js', 'index.mjs']
const RIGHT = packageText.entryHint({ example: '"cascadeWorkbench": { "plugin": "./index.ts" }' })

/**
 * Returns the path of the entry module: the one that package.json names, else the module called index.
 * @throws PLUGIN_INVALID
 */
export async function findEntry(tree: PackageTree): Promise<string> {
  const manifest = await tree.read(MANIFEST)
  if (manifest === undefined) return usualEntry(tree)
  const text = manifest.toString('utf8')
  const line = lineOf(text)
  const named = namedEntry(text)
  const refused = (problem: Message, hint = RIGHT) => packageInvalid({ file: MANIFEST, line, field: FIELD, problem, hint })
  if (named === undefined)
    throw packageInvalid({
      file: `${tree.location}: ${MANIFEST}`,
      field: FIELD,
      problem: packageText.entryMissing({ field: FIELD }),
      hint: RIGHT,
    })
  if (typeof named !== 'string') throw refused(packageText.entryNotText({ field: FIELD }))
  const path = posix.normalize(named.replaceAll('\\', '/')).replace(/^\.\//, '')
  if (posix.isAbsolute(path) || path === '..' || path.startsWith('../') || /^[a-z]:/i.test(path))
    throw refused(packageText.entryOutside({ field: FIELD, entry: named }), packageText.entryOutsideHint)
  if (!MODULE_NAME.test(path)) throw refused(packageText.entryNoModule({ field: FIELD, entry: named }), packageText.entryNoModuleHint)
  if ((await tree.read(path)) === undefined)
    throw refused(packageText.entryNotThere({ field: FIELD, entry: named, folder: tree.location }), packageText.entryNotThereHint)
  return path
}

async function usualEntry(tree: PackageTree): Promise<string> {
  const names = await tree.names()
  const entry = USUAL_ENTRIES.find((name) => names.includes(name))
  if (entry !== undefined) return entry
  throw packageInvalid({
    file: tree.location,
    problem: packageText.holdsNone,
    hint: packageText.holdsNoneHint({ entryHint: RIGHT }),
  })
}

/** @throws PLUGIN_INVALID with the line if package.json is not valid JSON */
function namedEntry(text: string): unknown {
  const manifest = parsed(text)
  const ours = fieldOf(manifest, GROUP)
  if (ours === undefined) return undefined
  if (typeof ours === 'object' && ours !== null) return fieldOf(ours, 'plugin')
  throw packageInvalid({
    file: MANIFEST,
    line: lineOf(text),
    field: GROUP,
    problem: packageText.notAnObject({ field: GROUP }),
    hint: RIGHT,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const { message } = error as SyntaxError
    throw packageInvalid({
      file: MANIFEST,
      line: brokenLine(message, text),
      problem: packageText.notJson({ reason: message }),
      hint: packageText.notJsonHint,
      cause: error,
    })
  }
}

function brokenLine(message: string, text: string): number | null {
  if (/end of JSON input/.test(message)) return text.split('\n').length
  const line = /\(line (\d+) column \d+\)/.exec(message)?.[1]
  return line === undefined ? null : Number(line)
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>)[name] : undefined

/** Returns the line of the field. */
function lineOf(text: string): number | null {
  const index = text.indexOf('"cascadeWorkbench"')
  return index < 0 ? null : text.slice(0, index).split('\n').length
}
