/** The functions that the globals of a plug-in's world call. The run number is 0, which means the run whose code is running. */
export interface GlobalsOutside {
  /** Writes a trace line, given as JSON. */
  trace(run: number, line: string): number
  now(): number
  random(): number
  uuid(): string
  /** Returns the number of the timer, or 0 if the run is not asynchronous. */
  setTimer(run: number, ms: string): number
  clearTimer(run: number, timer: string): number
  /** Returns the number of the request, or 0 if the run is not asynchronous. */
  fetch(run: number, request: string): number
}

export interface GlobalsOptions {
  /** Whether Date and Math.random come from outside. */
  ownClock: boolean
  ownRandom: boolean
  /** `null` without the permission. */
  env: Record<string, string> | null
}

export interface Globals {
  /** Calls a timer's function. Returns an empty text, or the answer of `describe` if it throws. */
  fire(timer: number): string
  /** Settles a request with `v` and the response as JSON, or `f` and the reason for its failure. */
  respond(request: number, answer: string): string
}

/**
 * Installs the globals of a plug-in's world that JavaScript itself does not have. Its source text is evaluated inside the containment
 * before the plug-in, so it refers to nothing outside itself.
 */
export function installGlobals(outside: GlobalsOutside, optionsJson: string, describe: (thrown: unknown) => string): Globals {
  const { parse, stringify } = JSON
  const { create, defineProperty, freeze, keys } = Object
  const { apply, construct } = Reflect
  const { isArray } = Array
  const text = String
  const TheDate = Date
  const ThePromise = Promise
  const PlainError = Error
  const PlainTypeError = TypeError
  const lowerCase: (value: string) => string = Function.prototype.call.bind(String.prototype.toLowerCase)
  const dateText: (date: Date) => string = Function.prototype.call.bind(Date.prototype.toString)
  const cut: (value: string, from: number) => string = Function.prototype.call.bind(String.prototype.slice)
  const options = parse(optionsJson) as GlobalsOptions

  const define = (name: string, value: unknown): void => {
    defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })
  }

  function shown(value: unknown): string {
    if (typeof value === 'string') return value
    if (typeof value !== 'object' || value === null) return text(value)
    if (value instanceof PlainError) return `${text(value)}\n${text(value.stack)}`
    try {
      return stringify(value) ?? text(value)
    } catch {
      return text(value)
    }
  }

  function log(...values: unknown[]): void {
    let line = ''
    for (let n = 0; n < values.length; n += 1) line += `${n === 0 ? '' : ' '}${shown(values[n])}`
    outside.trace(0, stringify(line))
  }
  // There is no other thread to share memory with.
  delete (globalThis as { SharedArrayBuffer?: unknown }).SharedArrayBuffer
  define('console', freeze({ log, info: log, warn: log, error: log, debug: log }))
  define('crypto', freeze({ randomUUID: () => outside.uuid() }))
  if (options.env !== null) define('process', freeze({ env: freeze(options.env) }))
  if (options.ownRandom) Math.random = () => outside.random()
  if (options.ownClock) define('Date', dateOfOurs())

  function dateOfOurs(): DateConstructor {
    const now = () => outside.now()
    function OurDate(...given: unknown[]): unknown {
      if (new.target === undefined) return dateText(new TheDate(now()))
      return construct(TheDate, given.length === 0 ? [now()] : given, new.target)
    }
    defineProperty(OurDate, 'name', { value: 'Date' })
    defineProperty(OurDate, 'length', { value: 7 })
    defineProperty(OurDate, 'prototype', { value: TheDate.prototype, writable: false })
    defineProperty(OurDate, 'now', { value: now, writable: true, configurable: true })
    defineProperty(OurDate, 'parse', { value: TheDate.parse, writable: true, configurable: true })
    defineProperty(OurDate, 'UTC', { value: TheDate.UTC, writable: true, configurable: true })
    defineProperty(TheDate.prototype, 'constructor', { value: OurDate, writable: true, configurable: true })
    return OurDate as unknown as DateConstructor
  }

  // ── Timers ─────────────────────────────────────────────────────────────────────────────────────

  interface Timer {
    callback: (...given: unknown[]) => void
    given: unknown[]
  }
  /** Have no prototype, so that a plug-in cannot add entries through it. */
  const timers: Record<number, Timer> = create(null)
  const requests: Record<number, { resolve(response: object): void; reject(error: Error): void }> = create(null)

  define('setTimeout', function setTimeout(callback: unknown, ms: unknown, ...given: unknown[]): number {
    if (typeof callback !== 'function') throw new PlainTypeError('setTimeout takes a function')
    const timer = outside.setTimer(0, text(+(ms as number) || 0))
    if (timer === 0)
      throw new PlainError('setTimeout works in asynchronous steps only: a synchronous one ends before anything else happens')
    timers[timer] = { callback: callback as Timer['callback'], given }
    return timer
  })
  define('clearTimeout', function clearTimeout(timer: unknown): void {
    if (typeof timer !== 'number' || timers[timer] === undefined) return
    delete timers[timer]
    outside.clearTimer(0, text(timer))
  })

  // ── Network ────────────────────────────────────────────────────────────────────────────────────

  interface Answered {
    url: string
    status: number
    statusText: string
    headers: Record<string, string>
    body: string
  }

  function requestOf(url: unknown, init: { method?: unknown; headers?: unknown; body?: unknown } = {}): string {
    const headers: Record<string, string> = create(null)
    const given = init.headers as Record<string, unknown> | [unknown, unknown][] | undefined
    if (isArray(given)) for (let n = 0; n < given.length; n += 1) headers[text(given[n]?.[0])] = text(given[n]?.[1])
    else if (given !== undefined)
      for (let n = 0, names = keys(given); n < names.length; n += 1) headers[names[n] as string] = text(given[names[n] as string])
    if (init.body != null && typeof init.body !== 'string') throw new PlainTypeError('The body of a request is a text: use JSON.stringify')
    return stringify({ url: text(url), method: text(init.method ?? 'GET'), headers, body: init.body ?? null })
  }

  function responseOf({ url, status, statusText, headers, body }: Answered): object {
    return freeze({
      url,
      status,
      statusText,
      ok: status >= 200 && status < 300,
      headers: freeze({
        get: (name: unknown): string | null => headers[lowerCase(text(name))] ?? null,
        has: (name: unknown): boolean => headers[lowerCase(text(name))] !== undefined,
      }),
      text: async () => body,
      json: async () => parse(body),
    })
  }

  define('fetch', function fetch(url: unknown, init?: object): Promise<object> {
    const request = outside.fetch(0, requestOf(url, init))
    if (request === 0) throw new PlainError('fetch works in asynchronous steps only: a transaction does not wait for the network')
    return new ThePromise((resolve, reject) => {
      requests[request] = { resolve, reject }
    })
  })

  return {
    fire(timer) {
      const entry = timers[timer]
      if (entry === undefined) return ''
      delete timers[timer]
      try {
        apply(entry.callback, undefined, entry.given)
        return ''
      } catch (error) {
        return describe(error)
      }
    },
    respond(request, answer) {
      const entry = requests[request]
      if (entry === undefined) return ''
      delete requests[request]
      if (answer[0] === 'v') entry.resolve(responseOf(parse(cut(answer, 1)) as Answered))
      else entry.reject(new PlainTypeError(cut(answer, 1)))
      return ''
    },
  }
}
