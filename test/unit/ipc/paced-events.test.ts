import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Job } from '#engine/contract/jobs'
import { progressText } from '#text/english/progress'
import { type PacedEvents, paceEvents } from '../../../main/ipc/paced-events.ts'
import type { EventMessage } from '../../../preload/wire.ts'

let sent: EventMessage[]
let paced: PacedEvents
beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  paced = paceEvents((message) => sent.push(message))
})
afterEach(() => {
  paced.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const progress = (done: number, id = 'import'): EventMessage => ({
  event: 'progress',
  data: { id, label: progressText.writingRecords, done, total: 100 },
})
const records = (...tables: string[]): EventMessage => ({ event: 'records', data: { tables } })
const job = (id: string, processed: number) => ({ event: 'job', data: { id, processed } as Job }) satisfies EventMessage

test('the first event goes at once', () => {
  paced.accept(records('account'))

  expect(sent).toEqual([records('account')])
})

test('changed tables add up, at most five times a second', () => {
  for (const table of ['account', 'contact', 'contact', 'task']) paced.accept(records(table))
  vi.advanceTimersByTime(199)
  expect(sent).toEqual([records('account')])

  vi.advanceTimersByTime(1)

  expect(sent).toEqual([records('account'), records('contact', 'task')])
})

test('a second of changes gives at most six events', () => {
  for (let ms = 0; ms < 1_000; ms++) {
    paced.accept(records('account'))
    vi.advanceTimersByTime(1)
  }

  expect(sent).toHaveLength(6)
})

test('of progress the latest is kept, and the last always arrives', () => {
  for (let done = 0; done <= 100; done++) {
    paced.accept(progress(done))
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(50)

  expect(sent.map((message) => message.event === 'progress' && message.data.done)).toEqual([0, 49, 99, 100])
})

test('of the runs of steps the newest is told, at most five times a second', () => {
  for (let lastRun = 1; lastRun <= 400; lastRun++) {
    paced.accept({ event: 'trace', data: { lastRun } })
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(200)

  expect(sent.map((message) => message.event === 'trace' && message.data.lastRun)).toEqual([1, 200, 400])
})

test('a thousand ended steps make lists read again twice', () => {
  for (let ended = 0; ended < 1_000; ended++) paced.accept({ event: 'jobs', data: null })
  vi.advanceTimersByTime(1_000)

  expect(sent).toEqual([
    { event: 'jobs', data: null },
    { event: 'jobs', data: null },
  ])
})

test('one job does not push another aside', () => {
  paced.accept(job('first', 1))
  paced.accept(job('first', 2))
  paced.accept(job('second', 1))
  paced.accept(job('first', 3))
  vi.advanceTimersByTime(50)

  expect(sent).toEqual([job('first', 1), job('first', 3), job('second', 1)])
})

test('when an environment is opened or closed, what waits for the one before is dropped', () => {
  paced.accept(records('account'))
  paced.accept(records('contact'))
  paced.accept({ event: 'environment', data: null })
  vi.advanceTimersByTime(1_000)

  expect(sent).toEqual([records('account'), { event: 'environment', data: null }])
})

test('rare events are not held back', () => {
  paced.accept({ event: 'model', data: null })
  paced.accept({ event: 'model', data: null })

  expect(sent).toHaveLength(2)
})
