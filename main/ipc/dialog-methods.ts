import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { searchText } from './shapes.ts'

export const dialogMethods = ({ dialogs }: MethodContext): Area<'dialog'> => ({
  'dialog.chooseOpen': {
    input: z.tuple([z.strictObject({ kind: z.enum(['environment', 'import', 'importFolder', 'csv', 'plugin', 'pluginFolder']) })]),
    run: (input) => dialogs.chooseOpen(input),
  },
  'dialog.chooseSave': {
    input: z.tuple([z.strictObject({ suggestedName: searchText })]),
    run: (input) => dialogs.chooseSave(input),
  },
})
