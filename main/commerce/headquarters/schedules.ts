import type { Commerce } from '../commerce.ts'
import { BATCHES, type BatchName, EXCHANGE_JOBS, type ExchangeJob } from '../model/exchange.ts'
import { findSchedules, type Schedule, writeSchedule } from '../store/schedules.ts'

export type ScheduledName = ExchangeJob | BatchName

/** The order in which jobs run that are due at the same time. */
const ORDER: readonly string[] = [...EXCHANGE_JOBS, ...BATCHES]
const MINUTE_MS = 60_000

export const isBatch = (name: string): name is BatchName => (BATCHES as readonly string[]).includes(name)

/** Changes when a job or a batch runs by itself: how often, `null` for never, and whether it is held. What is left out stays. */
export function setSchedule(
  { connection, now }: Commerce,
  { name, everyMinutes, isHeld }: { name: ScheduledName; everyMinutes?: number | null | undefined; isHeld?: boolean | undefined },
): void {
  connection.write(() => {
    const before = findSchedules(connection).find((each) => each.name === name) ?? { name, everyMinutes: null, isHeld: false, dueMs: null }
    const schedule = { ...before, isHeld: isHeld ?? before.isHeld }
    if (everyMinutes !== undefined)
      Object.assign(schedule, { everyMinutes, dueMs: everyMinutes === null ? null : now() + everyMinutes * MINUTE_MS })
    writeSchedule(connection, schedule)
  })
}

/** Returns the schedule that is due next, up to a time, and counts its next time on. Held ones come due and do not run. */
export function takeDue({ connection }: Commerce, untilMs: number): { name: ScheduledName; dueMs: number; isHeld: boolean } | undefined {
  const due = findSchedules(connection)
    .filter((each): each is Schedule & { dueMs: number; everyMinutes: number } => each.dueMs !== null && each.dueMs <= untilMs)
    .sort((one, other) => one.dueMs - other.dueMs || ORDER.indexOf(one.name) - ORDER.indexOf(other.name))[0]
  if (due === undefined) return undefined
  connection.write(() => writeSchedule(connection, { ...due, dueMs: due.dueMs + due.everyMinutes * MINUTE_MS }))
  return { name: due.name as ScheduledName, dueMs: due.dueMs, isHeld: due.isHeld }
}
