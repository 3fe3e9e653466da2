import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'

/** When a job or a batch runs by itself. */
export interface Schedule {
  name: string
  everyMinutes: number | null
  isHeld: boolean
  dueMs: number | null
}

interface ScheduleRow {
  name: string
  every_minutes: number | null
  is_held: number
  due_ms: number | null
}

const statements = statementsOnce((connection: Connection) => ({
  all: connection.statement<[], ScheduleRow>('SELECT * FROM _commerce_schedule ORDER BY name'),
  put: connection.statement<ScheduleRow>(
    'INSERT OR REPLACE INTO _commerce_schedule (name, every_minutes, is_held, due_ms) VALUES (:name, :every_minutes, :is_held, :due_ms)',
  ),
}))

export const findSchedules = (connection: Connection): Schedule[] =>
  statements(connection)
    .all.all()
    .map(({ name, every_minutes, is_held, due_ms }) => ({ name, everyMinutes: every_minutes, isHeld: is_held === 1, dueMs: due_ms }))

export function writeSchedule(connection: Connection, { name, everyMinutes, isHeld, dueMs }: Schedule): void {
  statements(connection).put.run({ name, every_minutes: everyMinutes, is_held: Number(isHeld), due_ms: dueMs })
}
