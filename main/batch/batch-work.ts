import { type Engine, engineMethods, userMethods } from '#engine'
import { type AnyMethod, bind } from '#engine/contract/method'
import type { BatchWork } from './batch.contract.ts'
import { type BatchContext, packageMethods, sourceMethods, userBatchMethods } from './batch-methods.ts'

const DECLARED: Readonly<Record<string, AnyMethod>> = {
  ...engineMethods,
  ...userMethods,
  ...sourceMethods,
  ...packageMethods,
  ...userBatchMethods,
}

/** Returns whether what runs plug-ins must be ready before a method begins. */
export const needsPlugins = (engine: Engine, method: string): boolean => DECLARED[method]?.loadsModules === true || engine.usesPlugins()

/** Returns the work over an open engine, whichever thread that is in. */
export function batchWork(context: BatchContext): BatchWork {
  const { engine } = context
  return {
    ...engine,
    ...bind(sourceMethods, () => context),
    ...bind(packageMethods, () => context),
    as(userId) {
      const user = engine.as(userId)
      const asUser = () => {
        user.whoAmI()
        return { ...context, user }
      }
      return { ...user, ...bind(userBatchMethods, asUser) }
    },
  }
}
