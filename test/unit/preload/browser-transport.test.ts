import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectBrowserTransport } from '../../../preload/browser-transport.ts'
import type { CallMessage, HostMessage } from '../../../preload/wire.ts'

/** The far end of a WebSocket, in the test's hands. */
class FakeSocket extends EventTarget {
  readonly sent: CallMessage[] = []
  send(text: string) {
    this.sent.push(JSON.parse(text) as CallMessage)
  }
  opens() {
    this.dispatchEvent(new Event('open'))
  }
  closes() {
    this.dispatchEvent(new Event('close'))
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
