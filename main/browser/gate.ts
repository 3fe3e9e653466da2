import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Decides which requests the browser host accepts. Any page in the browser can send requests to 127.0.0.1, and any host name can point
 * there, so a request is accepted only if it names this address (Host), comes from our own page (Origin) and carries the
 * session cookie, which each link yields once.
 */
export interface Gate {
  readonly origin: string
  /** The value of the session cookie. */
  readonly session: string
  /** Returns a new link that opens the app once. */
  newLink(): string
  /** Consumes a link's token. Returns the cookie to set, or `undefined` if the token is unknown or used. */
  exchange(token: string): string | undefined
  /** Returns whether the Host header names this host, and not another name that points here. */
  isForUs(request: IncomingMessage): boolean
  /** Returns whether the Origin header names our own page; browsers send it with everything but plain navigation. */
  isFromOurPage(request: IncomingMessage): boolean
  hasSession(request: IncomingMessage): boolean
}

const secret = (): string => randomBytes(32).toString('base64url')

/** Creates the gate of a host. With the session of an earlier host, that host's cookie is still good. */
export function createGate(port: number, session: string = secret()): Gate {
  const host = `127.0.0.1:${port}`
  const origin = `http://${host}`
  // Cookies do not tell ports apart: the name keeps two running hosts from overwriting each other's.
  const cookieName = `cascade-workbench-${port}`
  const tokens = new Set<string>()
  return {
    origin,
    session,
    newLink() {
      const token = secret()
      tokens.add(token)
      return `${origin}/?token=${token}`
    },
    exchange(token) {
      const known = [...tokens].find((candidate) => isSame(candidate, token))
      if (known === undefined) return undefined
      tokens.delete(known)
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    isForUs: ({ headers }) => headers.host === host,
    isFromOurPage: ({ headers }) => headers.origin === origin,
    hasSession: ({ headers }) => cookiesNamed(cookieName, headers.cookie).some((value) => isSame(value, session)),
  }
}

/** Compares two secrets by their digests in constant time, so that timing reveals nothing about the secret. */
export const isSame = (first: string, second: string): boolean => timingSafeEqual(digest(first), digest(second))
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const cookiesNamed = (name: string, header = ''): string[] =>
  header
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(`${name}=`))
    .map((cookie) => cookie.slice(name.length + 1))
