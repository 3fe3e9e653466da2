import type { z } from 'zod'
import type { Bridge, BridgeMethod } from '#contract'
import type { AppSession } from '../session/app-session.ts'

/** One method of the Bridge: the shape its input must have, and what then happens. */
export interface Method<M extends BridgeMethod> {
  input: z.ZodType<Parameters<Bridge[M]>>
  run(...input: Parameters<Bridge[M]>): ReturnType<Bridge[M]> | Promise<ReturnType<Bridge[M]>>
}

/** All methods: one that the contract has and this map lacks does not compile. */
export type Methods = { readonly [M in BridgeMethod]: Method<M> }

/** The methods of one area, `records` for instance. */
export type Area<A extends string> = { readonly [M in Extract<BridgeMethod, `${A}.${string}`>]: Method<M> }

/** Native dialogs, where the host has them. They answer `null` when the person changed their mind. */
export interface Dialogs {
  chooseOpen(input: Parameters<Bridge['dialog.chooseOpen']>[0]): Promise<string | null>
  chooseSave(input: Parameters<Bridge['dialog.chooseSave']>[0]): Promise<string | null>
}

/** What the methods work with. */
export interface MethodContext {
  session: AppSession
  dialogs: Dialogs
  /** Whether a path leads to an upload, whose files go away when the host closes. */
  isUpload: (path: string) => boolean
}
