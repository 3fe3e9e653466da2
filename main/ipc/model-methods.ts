import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { cascadeConfiguration, name, settingsChange } from './shapes.ts'

export const modelMethods = ({ session }: MethodContext): Area<'model' | 'settings'> => ({
  'model.get': { input: z.tuple([]), run: () => session.workbench().model() },
  'model.changeRelationship': {
    input: z.tuple([z.strictObject({ schemaName: name, cascade: cascadeConfiguration })]),
    run: ({ schemaName, cascade }) => session.workbench().changeRelationship(schemaName, cascade),
  },
  'settings.get': { input: z.tuple([]), run: () => session.workbench().settings() },
  'settings.change': { input: z.tuple([settingsChange]), run: (change) => session.workbench().changeSettings(change) },
})
