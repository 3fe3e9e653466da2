import { z } from 'zod'
import type { ProcessDefinition } from '../contract/processes.ts'
import type { CascadeEdit, ModelSource } from '../contract/tables.ts'
import { CASCADE_ACTIONS, CASCADE_TYPES, SOURCE_KINDS } from '../contract/tables.ts'
import type { ModelParts } from '../model/model-from-sources.ts'
import { compareSources, sourceKey } from '../model/source-order.ts'
import { checkedRows, name } from './checked-rows.ts'
import type { Connection } from './connection.ts'
import { modelJson } from './metadata-shapes.ts'
import { processesJson } from './process-shapes.ts'

const sourceRow = z.object({
  kind: z.enum(SOURCE_KINDS),
  name: z.string(),
  version: z.string().nullable(),
  managed: z.enum(['unmanaged', 'managed', 'both']).nullable(),
  place: z.string(),
  model: modelJson,
  processes: processesJson,
})

const processRow = sourceRow.omit({ model: true })

const editRow = z.object({ schema_name: name, action: z.enum(CASCADE_ACTIONS), type: z.enum(CASCADE_TYPES) })

const statements = (connection: Connection) => ({
  sources: connection.statement<[], object>('SELECT kind, name, version, managed, place, model, processes FROM _model_source'),
  processes: connection.statement<[], object>('SELECT kind, name, version, managed, place, processes FROM _model_source'),
  putSource: connection.statement<[string, string, string, string | null, string | null, string, string, string]>(
    'INSERT OR REPLACE INTO _model_source (key, kind, name, version, managed, place, model, processes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  edits: connection.statement<[], object>('SELECT schema_name, action, type FROM _cascade_edit'),
  putEdit: connection.statement<[string, string, string]>(
    'INSERT OR REPLACE INTO _cascade_edit (schema_name, action, type) VALUES (?, ?, ?)',
  ),
  hasStandard: connection.statement<[], { value: number }>(`SELECT value FROM _counter WHERE name = 'has_standard'`),
  bringStandard: connection.statement<[]>(`UPDATE _counter SET value = 1 WHERE name = 'has_standard'`),
})

/** Returns everything that the model was made from. @throws ENVIRONMENT_UNUSABLE if a part is not as it was written here */
export function readParts(connection: Connection): ModelParts {
  const sql = statements(connection)
  return {
    sources: checkedRows(connection, '_model_source', sourceRow, sql.sources.all()),
    edits: checkedRows(connection, '_cascade_edit', editRow, sql.edits.all()).map(
      ({ schema_name, action, type }): CascadeEdit => ({ schemaName: schema_name, action, type }),
    ),
    hasStandard: sql.hasStandard.get()?.value === 1,
  }
}

/** Returns the workflows, flows and steps of all sources; of two editions of one process, that of the source which counts. */
export function readProcesses(connection: Connection): ProcessDefinition[] {
  const sources = checkedRows(connection, '_model_source', processRow, statements(connection).processes.all()).toSorted(compareSources)
  const byTrigger = new Map<string, ProcessDefinition>()
  for (const { processes } of sources) {
    for (const { id } of processes) for (const [key, known] of byTrigger) if (known.id === id) byTrigger.delete(key)
    for (const process of processes) byTrigger.set(`${process.id} ${process.message} ${process.table}`, process)
  }
  return [...byTrigger.values()]
}

/** Keeps what a source states, in place of what it stated before. */
export function putSource(connection: Connection, source: ModelSource): void {
  const { kind, name: sourceName, version, managed, place, model, processes } = source
  statements(connection).putSource.run(
    sourceKey(source),
    kind,
    sourceName,
    version,
    managed,
    place,
    JSON.stringify(model),
    JSON.stringify(processes),
  )
}

/** Keeps that a cascade setting was changed here. */
export function putEdit(connection: Connection, { schemaName, action, type }: CascadeEdit): void {
  statements(connection).putEdit.run(schemaName, action, type)
}

/** Has the platform's own definitions complete the model from now on. */
export const bringStandard = (connection: Connection): unknown => statements(connection).bringStandard.run()
