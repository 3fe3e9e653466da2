import { recordName } from '../format/names-in-text.ts'
import { saidOf } from '../said.ts'
import { invalid } from '../scenario-error.ts'
import { fields, pattern, type Shape, text } from '../shape.ts'
import { defineExpectation, type ExpectationLine, recordLine } from './expectation.ts'

const code: Shape<string> = (node) => {
  if (node.kind === 'scalar' && typeof node.value === 'number')
    throw invalid(`Expected an error code as a quoted string: "${node.text}".`, node.at)
  return text('an error code as a quoted string, such as "0x80040227"')(node)
}

const errorShape = fields('an error', {}, { code, message: pattern, record: recordName })

/** Expects the platform's words to match, or the same with the record that they are about. */
function matchesEither(path: string, expected: RegExp, said: ReturnType<typeof saidOf> | null): ExpectationLine {
  const held = said !== null && (expected.test(said.message) || expected.test(said.named))
  return { path, expected: `/${expected.source}/`, actual: said?.named ?? null, held }
}

export const error = defineExpectation({
  key: 'error',
  shape: errorShape,
  check: ({ record, ...stated }, names) => ({ ...stated, record: record && names.record(record) }),
  evaluate(expected, { error: actual, aliases }): ExpectationLine[] {
    const actualCode = actual === null ? null : (actual.platformCode ?? actual.code)
    const lines: ExpectationLine[] = []
    if (expected.code !== undefined) {
      const held = actualCode?.toLowerCase() === expected.code.toLowerCase()
      lines.push({ path: 'error.code', expected: expected.code, actual: actualCode, held })
    }
    if (expected.message !== undefined) lines.push(matchesEither('error.message', expected.message, actual && saidOf(actual, aliases)))
    if (expected.record !== undefined) lines.push(recordLine('error.record', expected.record, actual?.record, aliases))
    if (lines.length === 0) lines.push({ path: 'error', expected: 'an error', actual: actualCode, held: actual !== null })
    return lines
  },
})
