import { type Engine, engineMethods } from '#engine'
import { type AnyMethod, bind } from '#engine/contract/method'
import type { BatchWork } from './batch.contract.ts'
import { type BatchContext, batchMethods } from './batch-methods.ts'

const DECLARED: Readonly<Record<string, AnyMethod>> = { ...engineMethods, ...batchMethods }

/** Returns whether what runs plug-ins must be ready before a method begins. */
export const needsPlugins = (engine: Engine, method: string): boolean => DECLARED[method]?.loadsModules === true || engine.usesPlugins()

/** Returns the work over an open engine, whichever thread that is in. */
export const batchWork = (context: BatchContext): BatchWork => ({ ...context.engine, ...bind(batchMethods, context) })
