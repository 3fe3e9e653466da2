import { posix } from 'node:path'
import { MODULE_NAME } from './module-paths.ts'
import { packageInvalid } from './package-invalid.ts'
import type { PackageTree } from './package-tree.ts'

const MANIFEST = 'package.json'
const FIELD = 'cascadeWorkbench.plugin'
const USUAL_ENTRIES = ['index.ts', 'index.mts', 'index.js', 'index.mjs']
const RIGHT = 'Write into package.json: "cascadeWorkbench": { "plugin": "./index.ts" }'

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
  const refused = (says: string, hint = RIGHT) => packageInvalid({ file: MANIFEST, line, field: FIELD, says, hint })
  if (named === undefined)
    throw packageInvalid({ file: `${tree.location}: ${MANIFEST}`, field: FIELD, says: 'is missing, so that it is no plug-in', hint: RIGHT })
  if (typeof named !== 'string') throw refused('is not a text. It is the path of the entry module')
  const path = posix.normalize(named.replaceAll('\\', '/')).replace(/^\.\//, '')
  if (posix.isAbsolute(path) || path === '..' || path.startsWith('../') || /^[a-z]:/i.test(path))
    throw refused(`is "${named}", which lies outside of the plug-in`, 'Move the module into the folder of the plug-in.')
  if (!MODULE_NAME.test(path)) throw refused(`is "${named}", which is no module`, 'The entry is a .ts, .mts, .js or .mjs file.')
  if ((await tree.read(path)) === undefined)
    throw refused(`is "${named}", and there is no such file in ${tree.location}`, 'Correct the path, or add the module.')
  return path
}

async function usualEntry(tree: PackageTree): Promise<string> {
  const names = await tree.names()
  const entry = USUAL_ENTRIES.find((name) => names.includes(name))
  if (entry !== undefined) return entry
  throw packageInvalid({
    file: tree.location,
    says: 'holds no plug-in',
    hint: `It needs a module index.ts or index.js, or a package.json that names one. ${RIGHT}.`,
  })
}

/** @throws PLUGIN_INVALID with the line if package.json is not valid JSON */
function namedEntry(text: string): unknown {
  const manifest = parsed(text)
  const ours = fieldOf(manifest, 'cascadeWorkbench')
  if (ours === undefined) return undefined
  if (typeof ours === 'object' && ours !== null) return fieldOf(ours, 'plugin')
  throw packageInvalid({ file: MANIFEST, line: lineOf(text), field: 'cascadeWorkbench', says: 'is not an object', hint: RIGHT })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const { message } = error as SyntaxError
    throw packageInvalid({
      file: MANIFEST,
      line: brokenLine(message, text),
      says: `is not JSON (${message})`,
      hint: 'Correct it there: names and texts stand in double quotes, with a comma between two fields and none after the last.',
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
