import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { packageText } from '#text/english/packages'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import { pluginInvalid } from './plugin-invalid.ts'

type Amaro = typeof import('amaro')

interface Refusal {
  message: string
  startLine: number
  startColumn: number
}

const INSTEAD: [construct: RegExp, hint: Message][] = [
  [/enum/, packageText.enumHint({ example: 'const Color = { Red: 1 } as const' })],
  [/parameter property/, packageText.parameterPropertyHint],
  [/namespace|module/, packageText.namespaceHint],
  [/import equals|export assignment/, packageText.importEqualsHint],
  [/angle-bracket/, packageText.castHint],
]

/** What the stripper says of a construct that has to be compiled. */
const MORE_THAN_TYPE = /^(.*?),? is not supported in (?:strip-only|type strip) mode/s

/** Removes the types from a TypeScript module without changing lines and columns. @throws PLUGIN_INVALID */
export function stripTypes(source: string, file: string): string {
  const load = createRequire(import.meta.url)
  try {
    return (load('amaro') as Amaro).transformSync(source, { mode: 'strip-only', filename: file }).code
  } catch (error) {
    const { message, startLine, startColumn } = error as Refusal
    if (typeof startLine !== 'number') {
      forget(load)
      throw pluginInvalid(packageText.typesTooDeep, { file })
    }
    const construct = MORE_THAN_TYPE.exec(message)?.[1]
    throw pluginInvalid(
      construct === undefined ? verbatim.text({ text: message.replace(/\.$/, '') }) : packageText.moreThanType({ construct }),
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
