import { fields, orEmpty } from '../shape.ts'
import { checkJob, jobShape } from './job-name.ts'
import { defineOperation } from './operation.ts'

export const resume = defineOperation({ key: 'resume', shape: jobShape('resume'), check: checkJob })
export const cancel = defineOperation({ key: 'cancel', shape: jobShape('cancel'), check: checkJob })
export const reexecute = defineOperation({ key: 'reexecute', shape: jobShape('reexecute'), check: checkJob })

/** The worker is killed without warning and the environment opened again. */
export const crash = defineOperation({ key: 'crash', shape: orEmpty(fields('crash', {}, {})), check: (stated) => stated })
