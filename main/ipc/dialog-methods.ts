import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { searchText } from './shapes.ts'

export const dialogMethods = ({ dialogs }: MethodContext) => ({
  /** Asks the user for a file or folder; `null` if cancelled. The browser host has no native dialog and returns the error NOT_SUPPORTED. */
  'dialog.chooseOpen': method({
    input: z.tuple([z.strictObject({ kind: z.enum(['environment', 'import', 'importFolder', 'csv', 'plugin', 'pluginFolder']) })]),
    run: (input) => dialogs.chooseOpen(input),
  }),
  'dialog.chooseSave': method({
    input: z.tuple([z.strictObject({ suggestedName: searchText })]),
    run: (input) => dialogs.chooseSave(input),
  }),
})
