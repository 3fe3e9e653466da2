import type { Session } from '../session/session.ts'
import { findDanglingLookups, findUnevenJobs, quickCheck } from '../store/integrity.ts'
import { countBrokenLinks } from '../store/links.ts'

/** See Engine.checkIntegrity. Ignores lookups of relationships along which no cascade goes, because nothing maintains them. */
export function checkIntegrity({ connection, model }: Session): string[] {
  return connection.read(() => [
    ...quickCheck(connection),
    ...findDanglingLookups(connection, model).map(
      ({ table, attribute, count }) => `${count} row${count === 1 ? '' : 's'} of ${table} point to missing rows through ${attribute}`,
    ),
    ...model.definition.manyToMany.flatMap((relation) => {
      const count = countBrokenLinks(connection, relation)
      return count === 0 ? [] : [`${count} link${count === 1 ? '' : 's'} of ${relation.schemaName} lead to missing rows`]
    }),
    ...findUnevenJobs(connection).map((name) => `The counters of job ${name} do not agree with its items`),
  ])
}
