import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { name } from './shapes.ts'

const faults = z.strictObject({ batchDelayMs: z.number().min(0), failBatch: z.number().int().min(1).nullable() })
const userChange = z.strictObject({ name, disabled: z.boolean().exactOptional(), removed: z.boolean().exactOptional() })

/** Methods for faults on purpose. */
export const faultMethods = ({ session }: MethodContext): Area<'faults' | 'users'> => ({
  'faults.get': { input: z.tuple([]), run: () => session.workbench().faults() },
  'faults.set': { input: z.tuple([faults]), run: (given) => session.workbench().setFaults(given) },
  'faults.killWorker': { input: z.tuple([]), run: () => session.workbench().killWorker() },
  'users.change': { input: z.tuple([userChange]), run: ({ name: user, ...change }) => session.workbench().changeUser(user, change) },
})
