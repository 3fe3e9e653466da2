import type { Session } from '../session/session.ts'
import { findDanglingLookups, findUnevenJobs, quickCheck } from '../store/integrity.ts'

/** See Engine.checkIntegrity. Lookups of relationships that no cascade travels are not looked at: nothing keeps them whole. */
export function checkIntegrity({ connection, model }: Session): string[] {
  return connection.read(() => [
    ...quickCheck(connection),
    ...findDanglingLookups(connection, model).map(
      ({ table, attribute, count }) => `${count} row${count === 1 ? '' : 's'} of ${table} point to nothing through ${attribute}`,
    ),
    ...findUnevenJobs(connection).map((name) => `The counters of job ${name} do not agree with its items`),
  ])
}
