import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { guid } from './shapes.ts'

const faults = z.strictObject({ batchDelayMs: z.number().min(0), failBatch: z.number().int().min(1).nullable() })
const userChange = z.strictObject({ userId: guid, disabled: z.boolean().exactOptional(), removed: z.boolean().exactOptional() })

/** Methods for faults on purpose. */
export const faultMethods = ({ session }: MethodContext) => ({
  'faults.get': method({ input: z.tuple([]), run: () => session.workbench().faults() }),
  'faults.set': method({ input: z.tuple([faults]), run: (given) => session.workbench().setFaults(given) }),
  /** Ends the batch worker's thread without warning. */
  'faults.killWorker': method({ input: z.tuple([]), run: () => session.workbench().killWorker() }),
  /** Disables or enables a user, removes one or adds the same one again. */
  'users.change': method({
    input: z.tuple([userChange]),
    run: ({ userId, ...change }) => session.workbench().changeUser(userId, change),
  }),
})
