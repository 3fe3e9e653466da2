import type { Progress } from '#engine/contract/environment'
import type { RecordLoader } from '#engine/contract/loader'
import type { NewRole } from '#engine/contract/security'
import type { ModelChange, ModelDefinition, ModelSource, RelationshipDefinition } from '#engine/contract/tables'
import type { ImportOptions, ImportReport, ReportedRelationship, SourceInspection } from '#engine/contract/transfer'
import type { Disagreement, ModelFromSources } from '#engine/model/model-from-sources'
import { isParental } from '#engine/model/relationship-kinds'
import { importText } from '#text/english/import'
import { progressText } from '#text/english/progress'
import type { Message } from '#text/message'
import { loadData } from './cmt/load-data.ts'
import type { PreparedData } from './cmt/prepare-data.ts'
import { prepareData } from './cmt/prepare-data.ts'
import type { FoundSource } from './detect.ts'
import { importFailed } from './import-failed.ts'
import { checkColumnCount, checkCount } from './limits.ts'
import { withSources } from './open-sources.ts'
import { readSources } from './read-sources.ts'
import { Findings } from './report/findings.ts'
import { reportAddedColumns, reportDisagreements, reportModel } from './report/model-findings.ts'
import { reportSchemaOnly, stubsOf } from './report/stubs.ts'

/** What an import writes to. */
export interface ImportTarget {
  model(): ModelDefinition
  /** Returns the model as these sources would make it, and in what they contradict each other and those that are known. */
  modelWith(sources: ModelSource[], bringsStandard: boolean): ModelFromSources & { contradictions: Disagreement[] }
  applySources(sources: ModelSource[], bringsStandard: boolean): ModelChange[]
  /** Stores roles; one of the same name gets their privileges. */
  saveRoles(roles: NewRole[]): void
  /** Begins to load in the name of the user who imports: creator and owner of rows that state none. The model must be applied before. */
  load(): RecordLoader
  newId(): string
  now(): number
}

/**
 * Returns the sources that a file or folder holds, without changing anything; a repository may hold several.
 * @throws IMPORT_FAILED if no known source is there. Source: import formats, section 1.
 */
export const inspectSource = (path: string): Promise<SourceInspection[]> =>
  withSources(path, async (sources) => sources.map(({ inspection }) => inspection))

/**
 * Imports all sources at a path, or those of `options.only`: models first, then data. Reads and checks everything before it
 * writes anything. Importing the same source again updates rows by their GUID.
 * @throws IMPORT_FAILED with the place, the fault and what would be right; the environment is then unchanged.
 */
export async function importSource(
  path: string,
  options: ImportOptions,
  into: ImportTarget,
  onProgress: (progress: Progress) => void = () => {},
): Promise<ImportReport> {
  const startedMs = into.now()
  const id = into.newId()
  const findings = new Findings()
  const progress = (label: Message, done: number, total: number | null) => onProgress({ id, label, done, total })
  const sources = await withSources(path, async (found) => {
    const wanted = chosen(found, options.only, path)
    const read = await readSources(wanted, options.only !== undefined, findings, (source, index) =>
      progress(progressText.reading({ source: source.inspection.name }), index, wanted.length),
    )
    return read.sort((a, b) => Number(a.data.length > 0) - Number(b.data.length > 0))
  })
  const stated = sources.map((source) => source.stated)
  const before = into.model()
  const bringsStandard = options.standard ?? true
  const { model, contradictions, withoutColumn } = into.modelWith(stated, bringsStandard)
  checkCount(model.tables.length, 'tables', path)
  for (const table of model.tables) checkColumnCount(table.columns.length, table.logicalName, path)
  const own = ownPart(model, stated)
  const touched = new Set(own.tables.map((table) => table.logicalName))
  reportDisagreements(contradictions, findings)
  reportAddedColumns(withoutColumn, own.relationships, findings)
  reportModel(model, touched, findings)
  reportSchemaOnly(model, touched, findings)
  const data = prepareData(
    sources.flatMap((source) => source.data),
    model,
    findings,
  )

  progress(progressText.applyingModel, 0, null)
  const changes = into.applySources(stated, bringsStandard)
  const roles = sources.flatMap((source) => source.roles)
  if (roles.length > 0) into.saveRoles(roles)
  const counts = writeData(into, data, findings, (done) => progress(progressText.writingRecords, done, data.rows.length))
  return {
    sources: sources.map((source) => source.report),
    standard: standardAdded(before, model),
    total: { tables: model.tables.length, relationships: model.relationships.length, manyToMany: model.manyToMany.length },
    ...listed(own.relationships),
    processes: stated.flatMap(({ processes }) => processes),
    roles: roles.map(({ name, tables, others, origin = '' }) => ({
      name,
      solution: origin,
      tables: Object.keys(tables).length,
      unknownTables: Object.keys(tables).filter((table) => !model.tables.some(({ logicalName }) => logicalName === table)).length,
      others: others.length,
    })),
    changes,
    stubs: stubsOf(model, own),
    lines: findings.lines(),
    recordsInserted: counts.inserted,
    recordsUpdated: counts.updated,
    durationMs: into.now() - startedMs,
  }
}

function chosen(found: FoundSource[], only: string[] | undefined, path: string): FoundSource[] {
  if (!only) return found
  const wanted = found.filter(({ inspection }) => only.includes(inspection.path))
  const missing = only.find((each) => !found.some(({ inspection }) => inspection.path === each))
  if (missing !== undefined || wanted.length === 0)
    throw importFailed(
      path,
      importText.noSuchSource({ source: missing ?? '' }),
      importText.sourcesHint({ sources: found.map(({ inspection }) => inspection.path).join(', ') }),
    )
  return wanted
}

/** Lists the relationships of the sources that pass something on, and those that stand in the way of a delete. */
function listed(relationships: readonly RelationshipDefinition[]): Pick<ImportReport, 'parental' | 'restrict'> {
  const own = relationships.filter(({ kind, origin }) => kind === 'data' && origin === 'imported')
  const toReported = ({ schemaName, referenced, referencing, attribute, cascade }: RelationshipDefinition): ReportedRelationship => ({
    schemaName,
    referenced,
    referencing,
    attribute,
    cascade,
  })
  return {
    parental: own.filter(({ cascade }) => isParental(cascade)).map(toReported),
    restrict: own.filter(({ cascade }) => cascade.Delete === 'Restrict').map(toReported),
  }
}

/** Counts what is the platform's own now and was not before. */
function standardAdded(before: ModelDefinition, after: ModelDefinition): ImportReport['standard'] {
  const count = ({ tables, relationships }: ModelDefinition) =>
    [tables, relationships].map((list) => list.filter(({ origin }) => origin === 'standard').length)
  const [was, is] = [count(before), count(after)]
  const added = (index: number) => Math.max(0, (is[index] ?? 0) - (was[index] ?? 0))
  return { tables: added(0), relationships: added(1) }
}

/** Returns the part of the model that these sources state or name. */
function ownPart(model: ModelDefinition, sources: readonly ModelSource[]): ModelDefinition {
  const names = new Set<string>()
  const own = (list: 'relationships' | 'manyToMany') =>
    new Set(sources.flatMap((source) => source.model[list].map(({ schemaName }) => schemaName.toLowerCase())))
  const relationships = model.relationships.filter(({ schemaName }) => own('relationships').has(schemaName.toLowerCase()))
  const manyToMany = model.manyToMany.filter(({ schemaName }) => own('manyToMany').has(schemaName.toLowerCase()))
  for (const source of sources) for (const { logicalName } of source.model.tables) names.add(logicalName)
  for (const { referenced, referencing } of relationships) for (const name of [referenced, referencing]) names.add(name)
  for (const { firstTable, secondTable } of manyToMany) for (const name of [firstTable, secondTable]) names.add(name)
  return { tables: model.tables.filter(({ logicalName }) => names.has(logicalName)), relationships, manyToMany }
}

function writeData(into: ImportTarget, data: PreparedData, findings: Findings, advance: (done: number) => void) {
  if (data.rows.length + data.links.length === 0) return { inserted: 0, updated: 0 }
  const loader = into.load()
  try {
    const counts = loadData(loader, data, findings, advance)
    loader.commit()
    return counts
  } catch (error) {
    loader.rollback()
    throw error
  }
}
