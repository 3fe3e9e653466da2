import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EngineError } from '#engine/contract/errors'
import { bridgeText } from '#text/english/bridge'
import { createAnswerCall } from '../ipc/answer-call.ts'
import type { Dialogs } from '../ipc/method.ts'
import { paceEvents } from '../ipc/paced-events.ts'
import type { AppSession } from '../session/app-session.ts'
import { answerRequest } from './answer-request.ts'
import { createGate } from './gate.ts'
import { serveSockets } from './socket.ts'
import { createUploads, type UploadLimits } from './uploads.ts'

export interface ServeOptions {
  /** The port; 0 chooses a free one. */
  port: number
  /** Folder of the built renderer. */
  rendererFolder: string
  /** Where dropped environments are kept. */
  environmentsFolder: string
  uploadLimits: UploadLimits
}

export interface BrowserHost {
  /** The first link, which opens the app once. */
  url: string
  /** Returns another link that opens the app once, for another browser or after the cookie was lost. */
  newLink(): string
  /** Closes the host. Settles when the current batch is committed and everything is closed. */
  close(): Promise<void>
}

/** Serves a session on 127.0.0.1 only. Closing the host shuts the session down. */
export async function serveSession(session: AppSession, options: ServeOptions): Promise<BrowserHost> {
  const uploads = createUploads(options.uploadLimits, options.environmentsFolder)
  const server = createServer()
  await new Promise<void>((settle, fail) => server.once('error', fail).listen(options.port, '127.0.0.1', settle))
  const gate = createGate((server.address() as AddressInfo).port)
  const context = { gate, uploads, rendererFolder: options.rendererFolder }
  server.on('request', (request, response) => void answerRequest(context, request, response))
  const sockets = serveSockets(server, gate, createAnswerCall({ session, dialogs: noDialogs, isUpload: uploads.holds }))
  const events = paceEvents(sockets.broadcast)
  const unsubscribe = session.subscribe(events.accept)
  return {
    url: gate.newLink(),
    newLink: gate.newLink,
    async close() {
      unsubscribe()
      events.close()
      sockets.close()
      const closed = new Promise((settle) => server.close(settle))
      server.closeAllConnections()
      await closed
      await session.shutDown()
      await uploads.close()
    },
  }
}

const noDialog = () => Promise.reject(new EngineError('NOT_SUPPORTED', bridgeText.noDialogs, { hint: bridgeText.noDialogsHint }))
const noDialogs: Dialogs = { chooseOpen: noDialog, chooseSave: noDialog }
