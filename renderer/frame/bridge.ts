import type { Bridge, BridgeMethod, BridgeTransport } from '#contract'
import type { ErrorData } from '#engine/contract/errors'
import type { Message } from '#text/message'
import { connectBrowserTransport } from '../../preload/browser-transport.ts'
import { frameText } from './texts.ts'

declare global {
  interface Window {
    /** Provided by Electron's preload script. */
    readonly cascade?: BridgeTransport
  }
}

/** The error of a refused or failed call, with the host's error data. */
export class BridgeError extends Error {
  readonly data: ErrorData

  constructor(data: ErrorData) {
    super(data.message)
    this.name = 'BridgeError'
    this.data = data
  }
}

/** The error of what the window refuses itself, without asking the host. */
export class RefusedError extends Error {
  readonly text: Message

  constructor(text: Message) {
    super(text.key)
    this.name = 'RefusedError'
    this.text = text
  }
}

/** The host's methods and events for stores. Refused calls throw a BridgeError. */
export interface BridgeClient {
  call<M extends BridgeMethod>(method: M, ...args: Parameters<Bridge[M]>): Promise<ReturnType<Bridge[M]>>
  on: BridgeTransport['on']
  fileOf: BridgeTransport['fileOf']
}

export function bridgeOver(transport: BridgeTransport): BridgeClient {
  return {
    async call(method, ...args) {
      const answer = await transport.call(method, ...args)
      if (!answer.ok) throw new BridgeError(answer.error)
      return answer.value
    },
    on: transport.on.bind(transport),
    fileOf: transport.fileOf.bind(transport),
  }
}

/** Connects to Electron's bridge if there is one, else to the browser host's. */
export const connectBridge = (): BridgeClient => bridgeOver(window.cascade ?? connectBrowserTransport())

const WITHOUT_MORE = { platformCode: null, platformName: null, hint: null, details: {} } as const

/** Converts a thrown value to the error data that screens show. Anything but a refusal is a defect and keeps its stack. */
export function errorDataOf(error: unknown): ErrorData {
  if (error instanceof BridgeError) return error.data
  if (error instanceof RefusedError) return { ...WITHOUT_MORE, code: 'INPUT_INVALID', message: error.message, text: error.text }
  const thrown = error instanceof Error ? error : new Error(String(error))
  return {
    ...WITHOUT_MORE,
    code: 'UNEXPECTED',
    message: thrown.message,
    text: frameText.unexpected({ reason: thrown.message }),
    hintText: frameText.unexpectedHint,
    details: { stack: thrown.stack ?? null },
  }
}

/** Small choices of the person that outlive the window: theme, language, user to work as, last location. */
export const preferences = {
  read<T>(name: string, fallback: T): T {
    try {
      const stored = window.localStorage.getItem(`cascade.${name}`)
      return stored === null ? fallback : (JSON.parse(stored) as T)
    } catch {
      return fallback // Storage can be unavailable or hold an older format.
    }
  },
  write(name: string, value: unknown): void {
    try {
      window.localStorage.setItem(`cascade.${name}`, JSON.stringify(value))
    } catch {
      // A preference that cannot be stored is lost.
    }
  },
}
