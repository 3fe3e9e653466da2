import type { Commerce } from '../commerce.ts'
import type { EntityName } from '../model/columns.ts'
import { findChannels } from '../store/channels.ts'
import { waitingForReturn } from '../store/replicas.ts'
import { findSchedules } from '../store/schedules.ts'
import { findOpenSessions, uploadedCounter } from '../store/sessions.ts'
import { type Waiting, waitingForUpload, waitingInHeadquarters } from '../store/staging.ts'

/** Where something can wait on its way from a channel to headquarters and back, and what takes it on from there. */
const PLACES = [
  { place: 'notUploaded', takenOnBy: 'upload' },
  { place: 'uploaded', takenOnBy: 'P-0001' },
  { place: 'pending', takenOnBy: 'SynchronizeCustomers' },
  { place: 'failed', takenOnBy: 'SynchronizeCustomers' },
  { place: 'notReturned', takenOnBy: '1010' },
] as const
type Place = (typeof PLACES)[number]['place']

/** What waits in one place of one channel, since when, and when it goes on. */
export interface Stuck extends Waiting {
  channel: string
  place: Place
  takenOnBy: (typeof PLACES)[number]['takenOnBy']
  /** When the job is due that takes it on; `null` where no schedule runs it. */
  dueMs: number | null
}

/** Says what is stuck, where, since when, and when it will go on. Places where nothing waits are left out. */
export function findStuck({ connection }: Commerce): Stuck[] {
  const due = new Map(findSchedules(connection).map(({ name, isHeld, dueMs }) => [name, isHeld ? null : dueMs]))
  return findChannels(connection).flatMap(({ number, name }) => {
    const sessions = findOpenSessions(connection, 'P-0001', number)
    const waiting: Record<Place, Waiting> = {
      notUploaded: waitingForUpload(connection, number, (entity: EntityName) => uploadedCounter(connection, number, entity)),
      uploaded: { count: sessions.reduce((sum, { rows }) => sum + rows, 0), sinceMs: sessions[0]?.createdMs ?? null },
      pending: waitingInHeadquarters(connection, number, false),
      failed: waitingInHeadquarters(connection, number, true),
      notReturned: waitingForReturn(connection, number),
    }
    return PLACES.filter(({ place }) => waiting[place].count > 0).map(({ place, takenOnBy }) => ({
      channel: name,
      place,
      takenOnBy,
      ...waiting[place],
      dueMs: due.get(takenOnBy) ?? null,
    }))
  })
}
