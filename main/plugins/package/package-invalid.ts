import { EngineError } from '#engine/contract/errors'
import { packageText } from '#text/english/packages'
import type { Message } from '#text/message'

interface Invalid {
  /** A path on this computer, or inside the package. */
  file: string
  line?: number | null
  field?: string
  /** What is wrong, in a sentence. */
  problem: Message
  /** What would be right. */
  hint: Message
  cause?: unknown
}

/** Makes the error of a package that cannot be read as a plug-in. */
export const packageInvalid = ({ file, line = null, field, problem, hint, cause }: Invalid): EngineError =>
  new EngineError(
    'PLUGIN_INVALID',
    line === null ? packageText.inFile({ file, problem }) : packageText.inLine({ file, line: String(line), problem }),
    {
      hint,
      details: { file, line, ...(field === undefined ? {} : { field }) },
      ...(cause === undefined ? {} : { cause }),
    },
  )
