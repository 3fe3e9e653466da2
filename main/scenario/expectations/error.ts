import { invalid } from '../scenario-error.ts'
import { fields, pattern, type Shape, text } from '../shape.ts'
import { defineExpectation, type ExpectationLine, matches } from './expectation.ts'

const code: Shape<string> = (node) => {
  if (node.kind === 'scalar' && typeof node.value === 'number')
    throw invalid(`Expected an error code as a quoted string: "${node.text}".`, node.at)
  return text('an error code as a quoted string, such as "0x80040227"')(node)
}

const errorShape = fields('an error', {}, { code, message: pattern })

export const error = defineExpectation({
  key: 'error',
  shape: errorShape,
  check: (stated) => stated,
  evaluate(expected, { error: actual }): ExpectationLine[] {
    const actualCode = actual === null ? null : (actual.platformCode ?? actual.code)
    const lines: ExpectationLine[] = []
    if (expected.code !== undefined) {
      const held = actualCode?.toLowerCase() === expected.code.toLowerCase()
      lines.push({ path: 'error.code', expected: expected.code, actual: actualCode, held })
    }
    if (expected.message !== undefined) lines.push(matches('error.message', expected.message, actual?.message ?? null))
    if (lines.length === 0) lines.push({ path: 'error', expected: 'an error', actual: actualCode, held: actual !== null })
    return lines
  },
})
