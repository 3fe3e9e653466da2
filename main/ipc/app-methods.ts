import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { path } from './shapes.ts'

export const appMethods = ({ session }: MethodContext): Area<'app' | 'environment'> => ({
  'app.info': { input: z.tuple([]), run: () => session.info() },
  'environment.open': { input: z.tuple([path]), run: (file) => session.open(file) },
  'environment.create': {
    input: z.tuple([z.strictObject({ path, sample: z.boolean() })]),
    run: (input) => session.create(input.path, { sample: input.sample }),
  },
  'environment.close': { input: z.tuple([]), run: () => session.closeEnvironment() },
  'environment.forget': { input: z.tuple([path]), run: (file) => session.forget(file) },
})
