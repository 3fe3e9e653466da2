import { EngineError } from '#engine/contract/errors'
import { packageText } from '#text/english/packages'
import type { Message } from '#text/message'

/** A place in a plug-in's files; lines and columns count from 1. */
export interface Place {
  file?: string | undefined
  line?: number | undefined
  column?: number | undefined
}

/** Makes the error of a module that cannot be evaluated. `problem` is a sentence without its full stop. */
export function pluginInvalid(problem: Message, place: Place, hint?: Message): EngineError {
  const { file, line, column } = place
  const at = [file, line, column].filter((part) => part !== undefined).join(':')
  const says = file === undefined ? packageText.inModule({ problem }) : packageText.atPlace({ problem, place: at })
  return new EngineError('PLUGIN_INVALID', says, { ...(hint === undefined ? {} : { hint }), details: { ...place } })
}
