import { z } from 'zod'
import { environmentPath } from '../session/environment-path.ts'
import { type MethodContext, method } from './method.ts'
import { searchText } from './shapes.ts'

export const dialogMethods = ({ session, dialogs }: MethodContext) => ({
  /** Asks the user for a file or folder: in the system's dialog, or on a page of the browser host's own. Returns `null` if cancelled. */
  'dialog.chooseOpen': method({
    input: z.tuple([z.strictObject({ kind: z.enum(['environment', 'import', 'importFolder', 'csv', 'plugin', 'pluginFolder']) })]),
    run: async (input) => {
      const path = await dialogs.chooseOpen(input)
      return path === null ? null : session.files.give(path)
    },
  }),
  'dialog.chooseSave': method({
    input: z.tuple([z.strictObject({ suggestedName: searchText })]),
    run: async (input) => {
      const path = await dialogs.chooseSave(input)
      return path === null ? null : session.files.give(environmentPath(path))
    },
  }),
  /** Cancels the question that the host asks for this window. */
  'dialog.withdraw': method({ input: z.tuple([]), run: () => dialogs.withdraw() }),
})
