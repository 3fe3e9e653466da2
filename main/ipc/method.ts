import type { z } from 'zod'
import type { Bridge, BridgeMethod } from '#contract'
import type { AppSession } from '../session/app-session.ts'

/** One method of the Bridge: the shape of its input, and the function that runs. */
export interface Method<M extends BridgeMethod> {
  input: z.ZodType<Parameters<Bridge[M]>>
  run(...input: Parameters<Bridge[M]>): ReturnType<Bridge[M]> | Promise<ReturnType<Bridge[M]>>
}

/** All methods: one that the contract has and this map lacks does not compile. */
export type Methods = { readonly [M in BridgeMethod]: Method<M> }

/** The methods of one area, `records` for instance. */
export type Area<A extends string> = { readonly [M in Extract<BridgeMethod, `${A}.${string}`>]: Method<M> }

/** Native dialogs, if the host has them. They return `null` when cancelled. */
export interface Dialogs {
  chooseOpen(input: Parameters<Bridge['dialog.chooseOpen']>[0]): Promise<string | null>
  chooseSave(input: Parameters<Bridge['dialog.chooseSave']>[0]): Promise<string | null>
}

/** What all methods get besides their input. */
export interface MethodContext {
  session: AppSession
  dialogs: Dialogs
  /** Returns whether a path is inside an upload, whose files are removed when the host closes. */
  isUpload: (path: string) => boolean
}
