import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { cascadeConfiguration, name, settingsChange } from './shapes.ts'

export const modelMethods = ({ session }: MethodContext) => ({
  'model.get': method({ input: z.tuple([]), run: () => session.workbench().model() }),
  'model.processes': method({ input: z.tuple([]), run: () => session.workbench().processes() }),
  'model.changeRelationship': method({
    input: z.tuple([z.strictObject({ schemaName: name, cascade: cascadeConfiguration })]),
    run: ({ schemaName, cascade }) => session.workbench().changeRelationship(schemaName, cascade),
  }),
  'settings.get': method({ input: z.tuple([]), run: () => session.workbench().settings() }),
  'settings.change': method({ input: z.tuple([settingsChange]), run: (change) => session.workbench().changeSettings(change) }),
})
