import { assignRequest, assignShape } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

export const assign = defineOperation({ key: 'assign', shape: assignShape, check: assignRequest, run: runCascade })
