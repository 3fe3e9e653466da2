import type { Language } from '#text/language'
import { format } from './format-texts.ts'

/** How values read on screen, in the chosen language. */
export interface Formats {
  /** `5,412` */
  count(value: number): string
  /** `1,234.5`, with up to four decimals. */
  decimal(value: number): string
  /** `1,234.50`, with two to four decimals and no currency. */
  money(value: number): string
  /** A part of a whole: `93 %`, `under 1 %`. */
  share(part: number): string
  /** `3 Mar 2026, 14:05:09` */
  exactTime(ms: number): string
  /** A time to the millisecond, with the day if it is not today: `14:05:09.120`, `Mar 3, 14:05:09.120`. */
  clock(ms: number, nowMs: number): string
  /** A date column's ISO text; midnight in UTC counts as a date without a time. */
  date(iso: string): string
  /** `5 minutes ago` */
  relativeTime(ms: number, nowMs: number): string
  /** `120 ms`, `3.4 s`, `2 min 5 s`, `1 h 3 min` */
  duration(ms: number): string
  /** A duration with up to three digits: `420 µs`, `4.2 ms`, `41 ms`, `1.2 s`. */
  microseconds(value: number): string
  /** Time that is left, to the second: `25 s`, `2 min 5 s`. */
  remaining(ms: number): string
  /** `512 bytes`, `1.5 MB` */
  bytes(count: number): string
  /** `a, b, and c` */
  list(items: readonly string[]): string
}

const STEPS: [limitSeconds: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [45, 'second', 1],
  [45 * 60, 'minute', 60],
  [22 * 3600, 'hour', 3600],
  [26 * 86400, 'day', 86400],
  [320 * 86400, 'month', 30.44 * 86400],
]

const CLOCK: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
}

/** Creates the formats of a language. */
export function createFormats({ locale, say }: Language): Formats {
  const counts = new Intl.NumberFormat(locale)
  const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 })
  const money = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 })
  const clock = new Intl.DateTimeFormat(locale, CLOCK)
  const dayAndClock = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...CLOCK })
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const dayAndMinute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  function duration(ms: number): string {
    if (ms < 1000) return say(format.milliseconds({ count: ms }))
    if (ms < 60_000) return say(format.seconds({ count: ms / 1000 }))
    const minutes = Math.floor(ms / 60_000)
    if (minutes < 60) return say(format.minutesSeconds({ minutes, seconds: Math.round((ms % 60_000) / 1000) }))
    return say(format.hoursMinutes({ hours: Math.floor(minutes / 60), minutes: minutes % 60 }))
  }
  return {
    count: (value) => counts.format(value),
    decimal: (value) => decimals.format(value),
    money: (value) => money.format(value),
    share: (part) => say(part > 0 && part < 0.01 ? format.smallShare : format.share({ percent: part * 100 })),
    exactTime: (ms) => exact.format(ms),
    clock: (ms, nowMs) => (new Date(ms).toDateString() === new Date(nowMs).toDateString() ? clock : dayAndClock).format(ms),
    date(iso) {
      const ms = Date.parse(iso)
      if (Number.isNaN(ms)) return iso
      return /T00:00:00(\.0+)?Z$/.test(iso) ? day.format(ms) : dayAndMinute.format(ms)
    },
    relativeTime(ms, nowMs) {
      const seconds = (ms - nowMs) / 1000
      if (Math.abs(seconds) < 5) return say(format.justNow)
      for (const [limit, unit, size] of STEPS) {
        if (Math.abs(seconds) < limit) return relative.format(Math.round(seconds / size), unit)
      }
      return relative.format(Math.round(seconds / (365.25 * 86400)), 'year')
    },
    duration,
    microseconds(value) {
      if (value < 1_000) return say(format.microseconds({ count: value }))
      return value < 10_000 ? say(format.fewMilliseconds({ count: value / 1_000 })) : duration(value / 1_000)
    },
    remaining(ms) {
      const seconds = Math.max(0, Math.ceil(ms / 1000))
      if (seconds < 60) return say(format.wholeSeconds({ count: seconds }))
      return say(format.minutesSeconds({ minutes: Math.floor(seconds / 60), seconds: seconds % 60 }))
    },
    bytes(count) {
      if (count < 1024) return say(format.bytes({ count }))
      if (count < 1024 ** 2) return say(format.kilobytes({ count: count / 1024 }))
      if (count < 1024 ** 3) return say(format.megabytes({ count: count / 1024 ** 2 }))
      return say(format.gigabytes({ count: count / 1024 ** 3 }))
    },
    list: (items) => lists.format(items),
  }
}
