import type { MessageName, StageName } from '#engine/contract/messages'
import type { StepRun, StepTime } from '#engine/contract/trace'
import { formatCount, formatDuration } from '../ui/format.ts'

/** Returns whether a run succeeded and was rolled back with its transaction by another failure. */
export const isUndone = (run: StepRun): boolean => run.outcome === 'done' && !run.isCommitted

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })

/** Formats a time to the millisecond, with the day if it is not today. */
export function formatClock(ms: number, nowMs: number): string {
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString()
  return isToday ? clock.format(ms) : `${day.format(ms)}, ${clock.format(ms)}`
}

/** Formats a duration with up to three digits: `420 µs`, `4.2 ms`, `41 ms`, `1.2 s`. */
export function formatMicroseconds(microseconds: number): string {
  if (microseconds < 1_000) return `${Math.round(microseconds)} µs`
  if (microseconds < 10_000) return `${(microseconds / 1_000).toFixed(1)} ms`
  return formatDuration(microseconds / 1_000)
}

type StepPlace = Pick<StepTime, 'message' | 'stage' | 'table'>

/** `Update of account`. */
export const messageText = (message: MessageName, table: string | null): string => (table === null ? message : `${message} of ${table}`)

/** `Update of account, PreOperation`. */
export const stepText = ({ message, stage, table }: StepPlace): string => `${messageText(message, table)}, ${stage}`

export const stepPlaceOf = ({ message, stage, record }: StepRun): { message: MessageName; stage: StageName; table: string | null } => ({
  message,
  stage,
  table: record?.table ?? null,
})

/** Returns the first line of a run's error or, without one, of its trace. */
export const firstLineOf = ({ error, trace }: Pick<StepRun, 'error' | 'trace'>): string => (error ?? trace).split('\n', 1)[0] ?? ''

/** Returns the place in the author's code where an error was thrown: `index.ts:12:9`. */
export function thrownAt(stack: string): string | null {
  const [, place] = /\(?((?:[\w./@-]+\/)?[\w.-]+\.(?:[cm]?[jt]s):\d+(?::\d+)?)\)?/.exec(stack) ?? []
  return place ?? null
}

export const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

export const formatShare = (share: number): string => (share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`)

/** Returns a sentence about the slowest step; empty if no step ran. */
export function slowestSentence(times: readonly StepTime[]): string {
  const [slowest] = times.toSorted((a, b) => b.totalMicroseconds - a.totalMicroseconds)
  if (slowest === undefined) return ''
  const mean = formatMicroseconds(slowest.totalMicroseconds / Math.max(1, slowest.runs))
  const isOnlyOfPlugin = times.every((time) => time === slowest || time.plugin !== slowest.plugin)
  const name = isOnlyOfPlugin ? slowest.plugin : `${slowest.plugin} (${stepText(slowest)})`
  if (times.length === 1) return `${name} is the only step that ran: ${mean} a record.`
  const whole = times.reduce((sum, time) => sum + time.totalMicroseconds, 0)
  return `${name} takes ${formatShare(shareOf(slowest.totalMicroseconds, whole))} of the step time: ${mean} a record.`
}

/** `37 newer runs`, `200+ newer runs`. */
export const newerText = ({ count, isExact }: { count: number; isExact: boolean }, one: string): string =>
  `${formatCount(count)}${isExact ? '' : '+'} newer ${count === 1 && isExact ? one : `${one}s`}`
