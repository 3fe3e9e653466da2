import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAnswerCall } from '../ipc/answer-call.ts'
import { paceEvents } from '../ipc/paced-events.ts'
import type { AppSession } from '../session/app-session.ts'
import { answerRequest } from './answer-request.ts'
import { createGate } from './gate.ts'
import type { Address } from './last-address.ts'
import { createQuestions } from './questions.ts'
import { serveSockets } from './socket.ts'
import { createUploads, type UploadLimits } from './uploads.ts'

export interface ServeOptions {
  /** The port; 0 chooses a free one. */
  port: number
  /** Where an earlier host listened: a free port is that one where possible, and its cookie is good there. */
  last?: Address | null
  /** Folder of the built renderer. */
  rendererFolder: string
  /** Where dropped environments are kept. */
  environmentsFolder: string
  uploadLimits: UploadLimits
}

export interface BrowserHost {
  readonly address: Address
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
  const { last = null } = options
  const server = createServer()
  if (options.port !== 0 || last === null) await listen(server, options.port)
  else await listen(server, last.port).catch(() => listen(server, 0))
  const { port } = server.address() as AddressInfo
  const gate = createGate(port, last?.port === port ? last.session : undefined)
  const questions = createQuestions(options.environmentsFolder)
  const context = { gate, uploads, questions, files: session.files, rendererFolder: options.rendererFolder }
  server.on('request', (request, response) => void answerRequest(context, request, response))
  const sockets = serveSockets(server, gate, (send) => {
    const dialogs = questions.forWindow({ announce: (url) => send({ event: 'question', data: url === null ? null : { url } }) })
    return { answerCall: createAnswerCall({ session, dialogs, isUpload: uploads.holds }), leave: dialogs.leave }
  })
  const events = paceEvents(sockets.broadcast)
  const unsubscribe = session.subscribe(events.accept)
  return {
    address: { port, session: gate.session },
    url: gate.newLink(),
    newLink: gate.newLink,
    async close() {
      const closed = new Promise((settle) => server.close(settle))
      // Windows hear meanwhile what closing waits for.
      await session.shutDown()
      unsubscribe()
      events.close()
      sockets.close()
      server.closeAllConnections()
      await closed
      await uploads.close()
    },
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((settle, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail)
      settle()
    })
  })
