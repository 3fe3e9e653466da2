import { mergeRequest, mergeShape } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

export const merge = defineOperation({ key: 'merge', shape: mergeShape, check: mergeRequest, run: runCascade })
