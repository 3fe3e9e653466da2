import type { CompiledTable } from '../model/compiled-model.ts'
import type { Selection } from './changes.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted, statementsOnce } from './connection.ts'

/**
 * What deleted rows were called: their GUID and name, as long as a job that is not over plans rows of their table, or a plan that waits to be
 * applied holds them. A job or plan that meets such a row can then say which it was.
 */

const statements = statementsOnce((connection: Connection) => ({
  isPlanned: connection.statement<{ table: number; job: number }>(`
    SELECT 1 FROM _system_job s WHERE s.kind = 'cascade' AND s.statuscode IN (0, 10, 20) AND s.number <> :job
      AND EXISTS (SELECT 1 FROM _job_group g WHERE g.job = s.number AND g.table_number = :table) LIMIT 1`),
  isAnyOpen: connection.statement<[]>(`SELECT 1 FROM _system_job WHERE kind = 'cascade' AND statuscode IN (0, 10, 20) LIMIT 1`),
  forget: connection.statement<[]>('DELETE FROM _gone_record'),
}))

/** Keeps what these rows are called, which are about to be deleted. `job` is the one that deletes them as planned; 0 for none. */
export function keepGone(connection: Connection, table: CompiledTable, rows: Selection, job: number): void {
  if (statements(connection).isPlanned.get({ table: table.number, job }) !== undefined) keepRows(connection, table, rows, '')
  else for (const plan of connection.waitingPlans) keepRows(connection, table, rows, ` AND ${ROW} IN (SELECT row FROM ${plan})`)
}

function keepRows(connection: Connection, { definition, number }: CompiledTable, rows: Selection, condition: string): void {
  const { logicalName, primaryId, primaryName } = definition
  connection
    .statement<(number | string)[]>(`
      INSERT OR REPLACE INTO _gone_record (row, table_number, guid, name)
      SELECT ${ROW}, ${number}, ${quoted(primaryId)}, ${primaryName === null ? 'NULL' : quoted(primaryName)}
      FROM ${quoted(logicalName)} WHERE ${rows.in(ROW)}${condition}`)
    .run(...rows.parameters)
}

/** Forgets deleted rows once no job is left that could meet one. */
export function forgetGone(connection: Connection): void {
  if (statements(connection).isAnyOpen.get() === undefined) statements(connection).forget.run()
}
