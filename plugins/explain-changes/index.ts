import { definePlugin, type Row, type StepContext } from '#plugin-api'
import { difference, originOf } from './explanation.ts'

/** First and last of the steps that a plug-in may register, so that all others run in between. */
const FIRST = 0
const LAST = 1_000_000

/** Says in the trace log what every change was, what other steps made of it, and where it came from. */
export default definePlugin({
  name: 'explain-changes',
  version: '1.0.0',
  apiVersion: 1,
  steps: [
    { message: 'Create', stage: 'PreOperation', rank: FIRST, handler: keepRequest },
    { message: 'Update', stage: 'PreOperation', rank: FIRST, handler: keepRequest },
    { message: 'Create', stage: 'PostOperation', rank: LAST, postImage: true, handler: explain },
    { message: 'Update', stage: 'PostOperation', rank: LAST, preImage: true, postImage: true, handler: explain },
    { message: 'Delete', stage: 'PostOperation', rank: LAST, handler: explain },
  ],
})

/** Later stages of the same message find it in the shared variables; a name of our own keeps other plug-ins apart. */
function keepRequest({ target, sharedVariables }: StepContext): void {
  sharedVariables['explain-changes'] = { ...target }
}

function explain(context: StepContext): void {
  const { messageName, primaryEntityName, primaryEntityId, sharedVariables, trace } = context
  const requested = (sharedVariables['explain-changes'] ?? {}) as Row
  trace(`${messageName} of ${primaryEntityName} ${primaryEntityId}`)
  for (const line of difference(context.preImage ?? {}, context.postImage ?? {}, requested)) trace(line)
  trace(originOf(context))
}
