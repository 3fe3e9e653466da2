import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectBrowserTransport } from '../../../preload/browser-transport.ts'
import { BEAT_EVERY_MS, type CallMessage, type HostMessage } from '../../../preload/wire.ts'

/** The far end of a WebSocket, in the test's hands. */
class FakeSocket extends EventTarget {
  readonly sent: CallMessage[] = []
  send(text: string) {
    this.sent.push(JSON.parse(text) as CallMessage)
  }
  opens() {
    this.dispatchEvent(new Event('open'))
  }
  isClosed = false
  closes() {
    this.dispatchEvent(new Event('close'))
  }
  /** As in a browser, closing one whose other side is silent is not confirmed soon. */
  close() {
    this.isClosed = true
  }
  receives(message: HostMessage) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }))
  }
}

let sockets: FakeSocket[]
const connect = () =>
  connectBrowserTransport(() => {
    const socket = new FakeSocket()
    sockets.push(socket)
    return socket
  })
const latest = (): FakeSocket => sockets.at(-1) ?? expect.fail('no socket was opened')

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
})
afterEach(() => {
  vi.useRealTimers()
})

test('answers find their calls, in whatever order they come', async () => {
  const transport = connect()
  latest().opens()
  const first = transport.call('records.counts', { tables: null, caller: 'u' })
  const second = transport.call('jobs.find', { query: { limit: 1 }, caller: 'u' })
  await vi.advanceTimersByTimeAsync(0)

  const [firstSent, secondSent] = latest().sent
  latest().receives({ id: secondSent?.id ?? 0, answer: { ok: true, value: [] } })
  latest().receives({ id: firstSent?.id ?? 0, answer: { ok: true, value: { account: 1 } } })

  expect(await first).toEqual({ ok: true, value: { account: 1 } })
  expect(await second).toEqual({ ok: true, value: [] })
  expect(secondSent).toMatchObject({ method: 'jobs.find', args: [{ query: { limit: 1 }, caller: 'u' }] })
})

test('a call made before the connection waits for it', async () => {
  const transport = connect()
  const counts = transport.call('records.counts', { tables: null, caller: 'u' })
  await vi.advanceTimersByTimeAsync(1_000)

  latest().opens()
  await vi.advanceTimersByTimeAsync(0)
  latest().receives({ id: 1, answer: { ok: true, value: {} } })

  expect(await counts).toEqual({ ok: true, value: {} })
})

test('a call gives up when the host stays away', async () => {
  const transport = connect()
  const counts = transport.call('records.counts', { tables: null, caller: 'u' })

  await vi.advanceTimersByTimeAsync(8_000)

  expect(await counts).toMatchObject({ ok: false, error: { code: 'HOST_LOST' } })
})

test('a call under way when the connection is lost says that it may have been done', async () => {
  const transport = connect()
  latest().opens()
  const counts = transport.call('records.counts', { tables: null, caller: 'u' })
  await vi.advanceTimersByTimeAsync(0)

  latest().closes()

  expect(await counts).toMatchObject({ ok: false, error: { code: 'HOST_LOST', message: expect.stringContaining('may have been done') } })
})

test('a lost connection is made again, waiting longer each time', async () => {
  connect()
  latest().opens()

  for (const waitMs of [250, 500, 1_000, 2_000, 4_000, 4_000]) {
    const before = sockets.length
    latest().closes()
    await vi.advanceTimersByTimeAsync(waitMs - 1)
    expect(sockets).toHaveLength(before)
    await vi.advanceTimersByTimeAsync(1)
    expect(sockets).toHaveLength(before + 1)
  }
})

test('after a lost connection the environment is announced again', async () => {
  const transport = connect()
  const announced: unknown[] = []
  transport.on('environment', (data) => announced.push(data))
  latest().opens()
  latest().closes()
  await vi.advanceTimersByTimeAsync(250)
  latest().opens()
  await vi.advanceTimersByTimeAsync(0)

  const [asked] = latest().sent
  latest().receives({ id: asked?.id ?? 0, answer: { ok: true, value: { environment: null } } })
  await vi.advanceTimersByTimeAsync(0)

  expect(asked?.method).toBe('app.info')
  expect(announced).toEqual([null])
})

test('a subscription ends with its own undo function', () => {
  const transport = connect()
  const heard: unknown[] = []
  const unsubscribe = transport.on('model', (data) => heard.push(data))

  latest().receives({ event: 'model', data: null })
  unsubscribe()
  latest().receives({ event: 'model', data: null })

  expect(heard).toEqual([null])
})

/** What a page hears of its connection. */
function connectionOf(transport: ReturnType<typeof connect>): boolean[] {
  const heard: boolean[] = []
  transport.on('connection', ({ isLost }) => heard.push(isLost))
  return heard
}

test('a page says within five seconds that its host is silent, and that it is back once it says something', async () => {
  const heard = connectionOf(connect())
  latest().opens()
  for (let beat = 0; beat < 10; beat++) {
    await vi.advanceTimersByTimeAsync(BEAT_EVERY_MS)
    latest().receives({ beat: true })
  }
  expect(heard).toEqual([])

  await vi.advanceTimersByTimeAsync(5_000)
  expect(heard).toEqual([true])
  latest().receives({ beat: true })

  expect(heard).toEqual([true, false])
  expect(sockets).toHaveLength(1)
})

test('a call to a silent host is answered once it goes on', async () => {
  const transport = connect()
  latest().opens()
  const counts = transport.call('records.counts', { tables: null, caller: 'u' })

  await vi.advanceTimersByTimeAsync(10_000)
  latest().receives({ id: latest().sent[0]?.id ?? 0, answer: { ok: true, value: {} } })

  expect(await counts).toEqual({ ok: true, value: {} })
})

test('a host that stays silent is given up, and tried again until one answers', async () => {
  const heard = connectionOf(connect())
  latest().opens()
  const [first] = sockets

  await vi.advanceTimersByTimeAsync(17_000)
  expect(first?.isClosed).toBe(true)
  expect(sockets).toHaveLength(2)
  // The new one is never opened: whoever stands still takes connections and answers none.
  await vi.advanceTimersByTimeAsync(17_000)
  expect(sockets).toHaveLength(3)
  expect(heard).toEqual([true])
  // What the first one says at last counts no more.
  first?.receives({ beat: true })
  first?.closes()
  expect(heard).toEqual([true])
  latest().opens()
  latest().receives({ beat: true })

  expect(heard).toEqual([true, false])
  expect(sockets).toHaveLength(3)
})

test('a closed connection is said at once', () => {
  const heard = connectionOf(connect())
  latest().opens()

  latest().closes()

  expect(heard).toEqual([true])
})

test('a host that was never reached is not said to be gone, since the app says that it starts', async () => {
  const heard = connectionOf(connect())

  latest().closes()
  await vi.advanceTimersByTimeAsync(60_000)

  expect(heard).toEqual([])
})
