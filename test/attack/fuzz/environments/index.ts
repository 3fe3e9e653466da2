import { readdirSync } from 'node:fs'
import { EngineError } from '#engine/contract/errors'
import { bytesOf, exampleBytes, examplePath, OTHER_KEY, writeExample } from '../../environment-example.ts'
import { target } from '../target.ts'
import { exerciseEnvironment } from './exercise-environment.ts'
import { makeMutations, mutate } from './mutations.ts'

/** Made once for each process. */
const example: { bytes?: Buffer } = {}

/** Environment files that somebody changed by hand: schema, settings, model, records, jobs, pages. */
export const environments = target({
  name: 'environments',
  makeInput: (random) => ({ isKnown: random.chance(0.7), mutations: makeMutations(random) }),
  async run({ isKnown, mutations }, { folder }) {
    const path = examplePath(folder)
    example.bytes ??= exampleBytes()
    writeExample(path, example.bytes)
    for (const mutation of mutations) mutate(path, mutation)
    const before = { bytes: bytesOf(path), names: readdirSync(folder) }
    try {
      await exerciseEnvironment(path, isKnown ? undefined : OTHER_KEY)
      return { kind: 'accepted' }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      const names = readdirSync(folder)
      if (!bytesOf(path).equals(before.bytes)) return { kind: 'failed', what: `${error.message} And the file was changed.` }
      if (names.join() !== before.names.join()) return { kind: 'failed', what: `${error.message} And it left ${names.join(', ')}.` }
      return { kind: 'refused', code: error.code }
    }
  },
})
