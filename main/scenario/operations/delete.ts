import { deleteRequest, deleteShape } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

export const remove = defineOperation({ key: 'delete', shape: deleteShape, check: deleteRequest, run: runCascade })
