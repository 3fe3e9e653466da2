import { isAbsolute } from 'node:path'
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { EngineError, toErrorData } from '#engine/contract/errors'
import { bridgeText } from '#text/english/bridge'
import { CALL_CHANNEL, type EventMessage, eventChannel, FILE_CHANNEL } from '../../preload/wire.ts'
import type { AnswerCall } from '../ipc/answer-call.ts'
import type { ChosenFiles } from '../session/chosen-files.ts'
import { APP_ORIGIN } from './app-protocol.ts'

/**
 * Answers calls of the main frame of our own page only, and takes the paths of dropped files from its preload script. Returns a function
 * that stops it.
 */
export function serveIpc(
  ipc: Pick<IpcMain, 'handle' | 'removeHandler'>,
  answerCall: AnswerCall,
  files: Pick<ChosenFiles, 'give'>,
): () => void {
  ipc.handle(CALL_CHANNEL, (event, method: unknown, args: unknown) =>
    isOurPage(event) ? answerCall(method, args) : { ok: false, error: toErrorData(strangeSender()) },
  )
  ipc.handle(FILE_CHANNEL, (event, path: unknown) => {
    if (!isOurPage(event) || typeof path !== 'string' || !isAbsolute(path)) throw strangeSender()
    return files.give(path)
  })
  return () => {
    ipc.removeHandler(CALL_CHANNEL)
    ipc.removeHandler(FILE_CHANNEL)
  }
}

export const sendEvent = (contents: WebContents, message: EventMessage): void => {
  if (!contents.isDestroyed()) contents.send(eventChannel(message.event), message.data)
}

const isOurPage = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && senderFrame.origin === APP_ORIGIN

const strangeSender = () => new EngineError('NOT_SUPPORTED', bridgeText.strangeSender)
