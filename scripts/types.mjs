/** Writes the types that authors of plug-ins import into `out/types`: those of two entry points, and what these lead to. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { commandOf, environmentFor, ROOT, run } from './setup.mjs'

const ENTRIES = ['plugins/api/index', 'main/testing/index']
const MADE = join(ROOT, 'out', '.types')
const PUBLISHED = join(ROOT, 'out', 'types')

/** The answer of `run`. */
export async function writeTypes(node) {
  rmSync(MADE, { recursive: true, force: true })
  rmSync(PUBLISHED, { recursive: true, force: true })
  const args = [commandOf('typescript', 'tsc'), '--project', 'tsconfig.types.json', '--outDir', MADE]
  const made = await run(node, args, { env: environmentFor(node), stdio: 'pipe' })
  // The compiler complains of types in the product that cannot be written down. What counts is whether those below could be.
  const missing = publish(ENTRIES.map((entry) => join(MADE, `${entry}.d.ts`)))
  if (missing.length === 0) return { ...made, code: 0 }
  return { ...made, code: 1, output: `No types were made for ${missing.join(', ')}.\n${made.output}` }
}

/** Copies files and what they import. The answer is what could not be found. */
function publish(files) {
  const copied = new Set()
  const missing = []
  for (const queue = [...files]; queue.length > 0; ) {
    const file = queue.pop()
    if (copied.has(file)) continue
    copied.add(file)
    if (!existsSync(file)) {
      missing.push(relative(MADE, file))
      continue
    }
    const target = join(PUBLISHED, relative(MADE, file))
    mkdirSync(dirname(target), { recursive: true })
    cpSync(file, target)
    queue.push(...importsOf(file))
  }
  return missing
}

function importsOf(file) {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/\bfrom ['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/g)]
  return specifiers.map(([, from, called]) => resolve(dirname(file), (from ?? called).replace(/\.ts$/, '.d.ts')))
}
