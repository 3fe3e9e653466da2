import { checkJob, jobShape } from './job-name.ts'
import { defineOperation } from './operation.ts'

export const resume = defineOperation({ key: 'resume', shape: jobShape('resume'), check: checkJob })
