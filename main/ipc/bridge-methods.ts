import { appMethods } from './app-methods.ts'
import { cascadeMethods } from './cascade-methods.ts'
import { dialogMethods } from './dialog-methods.ts'
import { faultMethods } from './fault-methods.ts'
import type { MethodContext } from './method.ts'
import { modelMethods } from './model-methods.ts'
import { pluginMethods } from './plugin-methods.ts'
import { recordMethods } from './record-methods.ts'
import { traceMethods } from './trace-methods.ts'
import { transferMethods } from './transfer-methods.ts'

/** Returns the methods of the Bridge. The contract derives its type from them. */
export const bridgeMethods = (context: MethodContext) => ({
  ...appMethods(context),
  ...dialogMethods(context),
  ...modelMethods(context),
  ...recordMethods(context),
  ...cascadeMethods(context),
  ...faultMethods(context),
  ...pluginMethods(context),
  ...traceMethods(context),
  ...transferMethods(context),
})

export type BridgeMethods = ReturnType<typeof bridgeMethods>
