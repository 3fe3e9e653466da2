import { EngineError } from '#engine/contract/errors'

/** A place in a plug-in's files; lines and columns count from 1. */
export interface Place {
  file?: string | undefined
  line?: number | undefined
  column?: number | undefined
}

export function pluginInvalid(message: string, place: Place, hint?: string): EngineError {
  const { file, line, column } = place
  const at = file === undefined ? '' : ` (${[file, line, column].filter((part) => part !== undefined).join(':')})`
  return new EngineError('PLUGIN_INVALID', `${message}${at}.`, { ...(hint === undefined ? {} : { hint }), details: { ...place } })
}
