import { temporaryFolder } from '../../support/engine.ts'
import { exampleBytes, examplePath, writeExample } from '../environment-example.ts'

let bytes: Buffer | undefined

/** Returns the path of a copy of the example, in a folder that goes away with the test. Making the example takes longer than most tests. */
export function exampleFile(): string {
  bytes ??= exampleBytes()
  const path = examplePath(temporaryFolder())
  writeExample(path, bytes)
  return path
}
