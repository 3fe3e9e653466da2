import { listOf, pattern } from '../shape.ts'
import { asStated, defineExpectation } from './expectation.ts'

const traceShape = listOf('regular expressions', pattern)

export const trace = defineExpectation({ key: 'trace', shape: traceShape, check: asStated })
