import { definePlugin, type Row, type StepContext } from '#plugin-api'
import { difference, originOf } from './explanation.ts'

/** The lowest and highest rank, so that all other steps run in between. */
const FIRST = 0
const LAST = 1_000_000

/** Writes every change to the trace log: what was requested, what other steps made of it, and what caused it. */
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

/** Keeps the request in the shared variables for later stages, under a name that no other plug-in uses. */
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
