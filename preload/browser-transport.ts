import type { Answer, Bridge, BridgeEvent, BridgeEvents, BridgeMethod, BridgeTransport } from './contract.ts'
import { uploadFiles } from './upload-files.ts'
import { type CallMessage, type HostMessage, SOCKET_PATH } from './wire.ts'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 4_000
/** Silence in milliseconds after which the host counts as gone. It says something every 1.5 s. */
const LONGEST_SILENCE_MS = 4_000
/** Silence in milliseconds after which the connection is given up and made again. */
const HOPELESS_SILENCE_MS = 15_000
const LISTEN_EVERY_MS = 500
/** Time in milliseconds for which a call waits for a new connection. */
const PATIENCE_MS = 8_000

type Settle = (answer: Answer<unknown>) => void
type Listener = (data: unknown) => void

/** What we need of a WebSocket. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>

const pageSocket = (): Socket => new WebSocket(`ws://${location.host}${SOCKET_PATH}`)

/**
 * Connects to the Bridge over the browser host's WebSocket, the counterpart of `window.cascade` in Electron. Calls wait for a short time
 * if there is no connection. Reconnects as long as the page exists; after that it announces `environment` again, because events may
 * have been missed. Announces `connection` when the host is gone or silent, and when it is back.
 */
export function connectBrowserTransport(openSocket: () => Socket = pageSocket): BridgeTransport {
  const connection = new Connection(openSocket)
  return {
    call: async <M extends BridgeMethod>(method: M, ...args: Parameters<Bridge[M]>) =>
      // The host's handlers have the types of the same contract.
      (await connection.call(method, args)) as Answer<Awaited<ReturnType<Bridge[M]>>>,
    on: <E extends BridgeEvent>(event: E, listener: (data: BridgeEvents[E]) => void) => connection.on(event, listener as Listener),
    fileOf: uploadFiles,
  }
}

/** Connecting → open ⇄ silent → (lost) → waiting → connecting … */
class Connection {
  readonly #openSocket: () => Socket
  readonly #calls = new Map<number, Settle>()
  readonly #listeners = new Map<string, Set<Listener>>()
  #open = Promise.withResolvers<Socket>()
  #lastId = 0
  #retryMs = FIRST_RETRY_MS
  #isOpen = false
  #wasOpen = false
  #isLost = false
  #listening: ReturnType<typeof setInterval> | undefined

  constructor(openSocket: () => Socket) {
    this.#openSocket = openSocket
    this.#connect()
  }

  async call(method: string, args: unknown[]): Promise<Answer<unknown>> {
    const socket = await this.#socketInTime()
    if (!socket) return hostLost('Cascade Workbench cannot be reached, so nothing was done.')
    const message: CallMessage = { id: ++this.#lastId, method, args }
    return new Promise((settle) => {
      this.#calls.set(message.id, settle)
      socket.send(JSON.stringify(message))
    })
  }

  on(event: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  async #socketInTime(): Promise<Socket | undefined> {
    const { promise: tooLate, resolve } = Promise.withResolvers<undefined>()
    const timer = setTimeout(resolve, PATIENCE_MS, undefined)
    const socket = await Promise.race([this.#open.promise, tooLate])
    clearTimeout(timer)
    return socket
  }

  #connect(): void {
    const socket = this.#openSocket()
    let heardMs = Date.now()
    let isGivenUp = false
    const giveUp = () => {
      if (isGivenUp) return
      isGivenUp = true
      this.#onLost()
    }
    // Also while it connects: a stopped process still accepts connections and answers none.
    this.#listening = setInterval(() => {
      const silentMs = Date.now() - heardMs
      if (silentMs > LONGEST_SILENCE_MS) this.#setLost(true)
      if (silentMs <= HOPELESS_SILENCE_MS) return
      socket.close()
      giveUp()
    }, LISTEN_EVERY_MS)
    socket.addEventListener('open', () => {
      heardMs = Date.now()
      if (!isGivenUp) this.#onOpen(socket)
    })
    socket.addEventListener('message', ({ data }) => {
      if (isGivenUp) return
      heardMs = Date.now()
      this.#setLost(false)
      this.#onMessage(JSON.parse(String(data)) as HostMessage)
    })
    socket.addEventListener('close', giveUp)
  }

  #setLost(isLost: boolean): void {
    if (this.#isLost === isLost || !this.#wasOpen) return
    this.#isLost = isLost
    this.#announce('connection', { isLost })
  }

  #onOpen(socket: Socket): void {
    this.#retryMs = FIRST_RETRY_MS
    this.#isOpen = true
    this.#open.resolve(socket)
    if (this.#wasOpen) void this.#announceAgain()
    this.#wasOpen = true
  }

  #onMessage(message: HostMessage): void {
    if ('beat' in message) return
    if ('event' in message) this.#announce(message.event, message.data)
    else if (message.id !== null) {
      this.#calls.get(message.id)?.(message.answer)
      this.#calls.delete(message.id)
    }
  }

  #onLost(): void {
    clearInterval(this.#listening)
    this.#setLost(true)
    // Calls that wait for a failed attempt wait for the next one.
    if (this.#isOpen) this.#open = Promise.withResolvers()
    this.#isOpen = false
    for (const settle of this.#calls.values()) {
      settle(hostLost('The connection to Cascade Workbench was lost before it answered. It may have been done: look before trying again.'))
    }
    this.#calls.clear()
    setTimeout(() => this.#connect(), this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
  }

  async #announceAgain(): Promise<void> {
    const answer = (await this.call('app.info', [])) as Answer<ReturnType<Bridge['app.info']>>
    if (answer.ok) this.#announce('environment', answer.value.environment)
  }

  #announce(event: string, data: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(data)
  }
}

const hostLost = (message: string): Answer<never> => ({
  ok: false,
  error: {
    code: 'HOST_LOST',
    message,
    platformCode: null,
    platformName: null,
    hint: 'If the program was closed, start it again and use the new link that it prints.',
    details: {},
  },
})
