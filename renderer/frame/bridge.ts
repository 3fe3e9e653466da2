import type { Bridge, BridgeMethod, BridgeTransport } from '#contract'
import type { ErrorData } from '#engine/contract/errors'
import { connectBrowserTransport } from '../../preload/browser-transport.ts'

declare global {
  interface Window {
    /** Offered by Electron's preload script. */
    readonly cascade?: BridgeTransport
  }
}

/** A refused or failed call, with everything that the host said about it. */
export class BridgeError extends Error {
  readonly data: ErrorData

  constructor(data: ErrorData) {
    super(data.message)
    this.name = 'BridgeError'
    this.data = data
  }
}

/** The host as the stores see it: answers are values, refusals are thrown as BridgeError. */
export interface BridgeClient {
  call<M extends BridgeMethod>(method: M, ...args: Parameters<Bridge[M]>): Promise<ReturnType<Bridge[M]>>
  on: BridgeTransport['on']
  pathOf: BridgeTransport['pathOf']
}

export function bridgeOver(transport: BridgeTransport): BridgeClient {
  return {
    async call(method, ...args) {
      const answer = await transport.call(method, ...args)
      if (!answer.ok) throw new BridgeError(answer.error)
      return answer.value
    },
    on: transport.on.bind(transport),
    pathOf: transport.pathOf.bind(transport),
  }
}

/** Electron's bridge where there is one, else the browser host's. */
export const connectBridge = (): BridgeClient => bridgeOver(window.cascade ?? connectBrowserTransport())

/** Any thrown value as the plain error that screens show. What is no BridgeError is a defect and keeps its stack. */
export function errorDataOf(error: unknown): ErrorData {
  if (error instanceof BridgeError) return error.data
  const thrown = error instanceof Error ? error : new Error(String(error))
  return {
    code: 'UNEXPECTED',
    message: `Something went wrong inside the app: ${thrown.message}`,
    platformCode: null,
    platformName: null,
    hint: 'This is a defect of the product; please report it with the details.',
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
      return fallback // Storage can be switched off or hold something older.
    }
  },
  write(name: string, value: unknown): void {
    try {
      window.localStorage.setItem(`cascade.${name}`, JSON.stringify(value))
    } catch {
      // A preference that cannot be kept is only forgotten.
    }
  },
}
