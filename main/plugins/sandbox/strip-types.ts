import { transformSync } from 'amaro'
import { pluginInvalid } from './plugin-invalid.ts'

interface Refusal {
  message: string
  startLine: number
  startColumn: number
}

const INSTEAD: [construct: RegExp, hint: string][] = [
  [
    /enum/,
    'Write a constant object instead: const Color = { Red: 1 } as const. Types are taken out of the text and nothing is put in their place.',
  ],
  [/parameter property/, 'Declare the field in the class and assign it in the constructor.'],
  [/namespace|module/, 'Write a module of its own, and import it.'],
  [/import equals|export assignment/, 'Use the import statement of ES modules, and export default.'],
  [/angle-bracket/, 'Write value as Type.'],
]

/** Takes the types out of a TypeScript module. Every line and column stays where it is. @throws PLUGIN_INVALID */
export function stripTypes(source: string, file: string): string {
  try {
    return transformSync(source, { mode: 'strip-only', filename: file }).code
  } catch (error) {
    const { message, startLine, startColumn } = error as Refusal
    if (typeof startLine !== 'number')
      throw pluginInvalid(`The types cannot be taken out of this module: ${String(message ?? error)}`, { file })
    throw pluginInvalid(
      message
        .replace(/ is not supported in (strip-only|type strip) mode.*$/s, ' cannot be used: it is more than a type')
        .replace(/\.$/, ''),
      { file, line: startLine, column: startColumn + 1 },
      INSTEAD.find(([construct]) => construct.test(message))?.[1],
    )
  }
}
