import type { CompiledModel } from '../model/compiled-model.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'

export function quickCheck(connection: Connection): string[] {
  const found = connection.db.pragma('quick_check') as { quick_check: string }[]
  return found.map(({ quick_check }) => quick_check).filter((line) => line !== 'ok')
}

/** Returns lookups to missing rows that are not known as dangling links. */
export function findDanglingLookups(connection: Connection, model: CompiledModel): { table: string; attribute: string; count: number }[] {
  const found: { table: string; attribute: string; count: number }[] = []
  for (const table of model.tables())
    for (const [attribute, targets] of table.targets) {
      if (attribute === 'owninguser' || attribute === 'owningteam') continue
      const missing = [
        ...targets.map((target) => `AND ${quoted(attribute)} NOT IN (SELECT ${ROW} FROM ${quoted(target)})`),
        `AND ${quoted(attribute)} NOT IN (SELECT row FROM _dangling_target)`,
      ]
      const sql = `SELECT count(*) AS count FROM ${quoted(table.definition.logicalName)} WHERE ${quoted(attribute)} IS NOT NULL ${missing.join(' ')}`
      const count = connection.statement<[], { count: number }>(sql).get()?.count ?? 0
      if (count > 0) found.push({ table: table.definition.logicalName, attribute, count })
    }
  return found
}

/** Returns planned jobs whose groups, items and total do not match, or that ended before their last item. */
export function findUnevenJobs(connection: Connection): string[] {
  const sql = `
    SELECT name FROM _system_job s JOIN _cascade_job j ON j.job = s.number WHERE planned = 1 AND (
      total <> (SELECT sum(count) FROM _job_group g WHERE g.job = s.number)
      OR total <> (SELECT sum(count) FROM _job_item i WHERE i.id > j.first_item AND i.id <= j.first_item + j.total)
      OR position > total OR (statuscode = 30 AND position <> total))`
  return connection
    .statement<[], { name: string }>(sql)
    .all()
    .map(({ name }) => name)
}
