import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { path } from './shapes.ts'

export const appMethods = ({ session }: MethodContext) => ({
  'app.info': method({ input: z.tuple([]), run: () => session.info() }),
  /** Opens a file and closes the previous one. */
  'environment.open': method({ input: z.tuple([path]), run: (file) => session.open(file) }),
  /** Creates a file; with `sample` it holds the sample data. */
  'environment.create': method({
    input: z.tuple([z.strictObject({ path, sample: z.boolean() })]),
    run: (input) => session.create(input.path, { sample: input.sample }),
  }),
  'environment.close': method({ input: z.tuple([]), run: () => session.closeEnvironment() }),
  /** Removes an entry from the recent list; the file stays. */
  'environment.forget': method({ input: z.tuple([path]), run: (file) => session.forget(file) }),
})
