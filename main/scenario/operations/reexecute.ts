import { checkJob, jobShape } from './job-name.ts'
import { defineOperation } from './operation.ts'

export const reexecute = defineOperation({ key: 'reexecute', shape: jobShape('reexecute'), check: checkJob })
