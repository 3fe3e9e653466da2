import { fields, located, text } from '../shape.ts'
import type { RequestMaker } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

const owner = located(text('a user or team'))

/** Gives every record of a user or team to somebody else. */
export const reassign = defineOperation({
  key: 'reassign',
  shape: fields('reassign', { from: owner, to: owner }, {}),
  check({ from, to }, names): RequestMaker {
    const [former, next] = [names.principal(from), names.principal(to)]
    return (aliases) => ({ operation: 'Reassign', from: aliases.refOf(former), to: aliases.refOf(next) })
  },
  run: runCascade,
})
