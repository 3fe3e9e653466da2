import { EngineError } from '#engine/contract/errors'

interface Invalid {
  /** A path on this computer, or inside the package. */
  file: string
  line?: number | null
  field?: string
  /** What is wrong, without a full stop; it continues a sentence that begins with the file. */
  says: string
  /** What would be right. */
  hint: string
  cause?: unknown
}

/** Makes the error of a package that cannot be read as a plug-in. */
export const packageInvalid = ({ file, line = null, field, says, hint, cause }: Invalid): EngineError =>
  new EngineError('PLUGIN_INVALID', `${file}${line === null ? '' : `, line ${line}`}: ${field === undefined ? 'It' : field} ${says}.`, {
    hint,
    details: { file, line, ...(field === undefined ? {} : { field }) },
    ...(cause === undefined ? {} : { cause }),
  })
