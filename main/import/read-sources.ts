import { EngineError, messageOf } from '#engine/contract/errors'
import { findingText } from '#text/english/findings'
import type { FoundSource } from './detect.ts'
import type { ReadSource } from './read-source.ts'
import { readSource } from './read-source.ts'
import type { Findings } from './report/findings.ts'

/**
 * Reads sources one after another. A file that only looked like one and turns out to be none is left out, with a line in the report,
 * unless a person named the sources.
 * @throws IMPORT_FAILED if a source cannot be read, or if nothing was a source
 */
export async function readSources(
  sources: readonly FoundSource[],
  areNamed: boolean,
  findings: Findings,
  onRead: (source: FoundSource, index: number) => void,
): Promise<ReadSource[]> {
  const read: ReadSource[] = []
  let failed: EngineError | undefined
  for (const [index, source] of sources.entries()) {
    onRead(source, index)
    try {
      read.push(await readSource(source, findings))
    } catch (error) {
      if (areNamed || !source.isGuess || !(error instanceof EngineError)) throw error
      failed ??= error
      findings.add('skipped', findingText.fileNotRead({ reason: messageOf(error) }), source.inspection.path)
    }
  }
  if (read.length === 0 && failed) throw failed
  return read
}
