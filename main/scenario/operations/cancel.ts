import { checkJob, jobShape } from './job-name.ts'
import { defineOperation } from './operation.ts'

export const cancel = defineOperation({ key: 'cancel', shape: jobShape('cancel'), check: checkJob })
