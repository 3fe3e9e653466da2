import { z } from 'zod'
import { LONG_WORK } from '../workbench/areas/long-work.ts'
import { type MethodContext, method } from './method.ts'
import { fileToken, newFile } from './shapes.ts'

export const appMethods = ({ session }: MethodContext) => ({
  'app.info': method({ input: z.tuple([]), run: () => session.info() }),
  /** Opens a file and closes the previous one. */
  'environment.open': method({ input: z.tuple([fileToken]), run: (token) => session.open(session.files.pathOf(token)) }),
  /** Creates a file; with `sample` it holds the sample data. */
  'environment.create': method({
    input: z.tuple([z.strictObject({ file: newFile, sample: z.boolean() })]),
    run: ({ file, sample }) =>
      session.create('token' in file ? session.files.pathOf(file.token) : session.pathOfNew(file.name), { sample }),
  }),
  'environment.close': method({ input: z.tuple([]), run: () => session.closeEnvironment() }),
  /** Stops imports and generators, or previews. Their calls fail with CANCELLED. Returns whether there was any such work. */
  'work.stop': method({ input: z.tuple([z.enum(LONG_WORK)]), run: (work) => session.workbench().stopWork(work) }),
  /** Removes an entry from the recent list; the file stays. */
  'environment.forget': method({ input: z.tuple([fileToken]), run: (token) => session.forget(session.files.pathOf(token)) }),
})
