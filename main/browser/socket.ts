import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { inputInvalid, toErrorData } from '#engine/contract/errors'
import { bridgeText } from '#text/english/bridge'
import { BEAT_EVERY_MS, type EventMessage, type HostMessage, MAX_INPUT_CHARACTERS, SOCKET_PATH } from '../../preload/wire.ts'
import type { AnswerCall } from '../ipc/answer-call.ts'
import type { Gate } from './gate.ts'

/** A little more than the largest input in bytes: a call below this size gets an error as its answer, a larger one ends the connection. */
const MAX_MESSAGE_BYTES = MAX_INPUT_CHARACTERS * 4
/** A page with this many unsent bytes is disconnected; it connects again and reads everything again. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024

const callMessage = z.object({ id: z.int(), method: z.string(), args: z.array(z.unknown()) })

/** Begins to serve one window: `send` reaches that window alone, `leave` is called when it has gone. */
export type ServeWindow = (send: (message: EventMessage) => void) => { answerCall: AnswerCall; leave(): void }

export interface Sockets {
  broadcast(message: EventMessage): void
  close(): void
}

/** Serves the Bridge to every window that the gate accepts, over one WebSocket each. */
export function serveSockets(server: Server, gate: Gate, serveWindow: ServeWindow): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const refusal = refusalOf(gate, request)
    if (refusal !== null) {
      stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => serveSocket(socket, serveWindow))
  })
  const broadcast = (message: HostMessage) => {
    for (const socket of sockets.clients) send(socket, message)
  }
  const beat = setInterval(() => broadcast({ beat: true }), BEAT_EVERY_MS)
  return {
    broadcast,
    close() {
      clearInterval(beat)
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function refusalOf(gate: Gate, request: IncomingMessage): string | null {
  if (!gate.isForUs(request)) return '421 Misdirected Request'
  if (request.url !== SOCKET_PATH) return '404 Not Found'
  if (!gate.isFromOurPage(request)) return '403 Forbidden'
  return gate.hasSession(request) ? null : '401 Unauthorized'
}

function serveSocket(socket: WebSocket, serveWindow: ServeWindow): void {
  const { answerCall, leave } = serveWindow((message) => send(socket, message))
  socket.on('close', leave)
  socket.on('error', () => undefined) // A broken connection also emits 'close', which is handled.
  socket.on('message', async (data, isBinary) => {
    const call = isBinary ? null : readCall(data.toString())
    const answer = call
      ? await answerCall(call.method, call.args)
      : {
          ok: false as const,
          error: toErrorData(inputInvalid(bridgeText.notJson({ example: '{ "id": 1, "method": "app.info", "args": [] }' }))),
        }
    send(socket, { id: call?.id ?? null, answer })
  })
}

function readCall(text: string): z.infer<typeof callMessage> | null {
  try {
    return callMessage.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function send(socket: WebSocket, message: HostMessage): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate()
  else socket.send(JSON.stringify(message))
}
