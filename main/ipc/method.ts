import type { z } from 'zod'
import type { AppSession } from '../session/app-session.ts'
import type { PermissionQuestion } from '../session/session-plugins.ts'

/** One method of the Bridge: the shape of its input, and the function that runs. The Bridge's type is derived from it. */
export interface Method<Input extends unknown[], Result> {
  input: z.ZodType<Input>
  run(...input: Input): Result
}

// biome-ignore lint/suspicious/noExplicitAny: the input of a method in a collection is known one by one, not for all
export type AnyMethod = Method<any[], unknown>

/** Declares a method of the Bridge; the input of `run` has the type of the shape. */
export const method = <Input extends unknown[], Result>(declared: {
  input: z.ZodType<Input>
  run(...input: NoInfer<Input>): Result
}): Method<Input, Result> => declared

/** What the host itself asks the person, where no script of the page can answer. Returns `null` when cancelled. */
export interface Dialogs {
  chooseOpen(input: { kind: 'environment' | 'import' | 'importFolder' | 'csv' | 'plugin' | 'pluginFolder' }): Promise<string | null>
  chooseSave(input: { suggestedName: string }): Promise<string | null>
  /** Asks whether a plug-in may have the permissions that it asks for. */
  confirmPermissions(question: PermissionQuestion): Promise<boolean>
  /** Cancels what this window is asking, if anything. */
  withdraw(): void
}

/** What all methods get besides their input. */
export interface MethodContext {
  session: AppSession
  dialogs: Dialogs
  /** Returns whether a path is inside an upload, whose files are removed when the host closes. */
  isUpload: (path: string) => boolean
}
