import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pluginInvalid } from './plugin-invalid.ts'

type Amaro = typeof import('amaro')

interface Refusal {
  message: string
  startLine: number
  startColumn: number
}

const INSTEAD: [construct: RegExp, hint: string][] = [
  [/enum/, 'Write a constant object instead: const Color = { Red: 1 } as const. Types are removed from the text and nothing is compiled.'],
  [/parameter property/, 'Declare the field in the class and assign it in the constructor.'],
  [/namespace|module/, 'Write a module of its own, and import it.'],
  [/import equals|export assignment/, 'Use the import statement of ES modules, and export default.'],
  [/angle-bracket/, 'Write value as Type.'],
]

/** Removes the types from a TypeScript module without changing lines and columns. @throws PLUGIN_INVALID */
export function stripTypes(source: string, file: string): string {
  const load = createRequire(import.meta.url)
  try {
    return (load('amaro') as Amaro).transformSync(source, { mode: 'strip-only', filename: file }).code
  } catch (error) {
    const { message, startLine, startColumn } = error as Refusal
    if (typeof startLine !== 'number') {
      forget(load)
      throw pluginInvalid('The types cannot be taken out of this module, which is nested too deeply', { file })
    }
    throw pluginInvalid(
      message
        .replace(/,? is not supported in (strip-only|type strip) mode.*$/s, ' cannot be used: it is more than a type')
        .replace(/\.$/, ''),
      { file, line: startLine, column: startColumn + 1 },
      INSTEAD.find(([construct]) => construct.test(message))?.[1],
    )
  }
}

/** Unloads the stripper. It is WebAssembly, which is unusable after it failed in the middle of a function; the next call loads it again. */
function forget(load: NodeJS.Require): void {
  const folder = dirname(dirname(load.resolve('amaro')))
  for (const path of Object.keys(load.cache)) if (path.startsWith(folder)) delete load.cache[path]
}
