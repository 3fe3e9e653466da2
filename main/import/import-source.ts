import type { Progress } from '#engine/contract/environment'
import type { RecordLoader } from '#engine/contract/loader'
import type { ColumnDefinition, ModelChange, ModelDefinition } from '#engine/contract/tables'
import type { ImportOptions, ImportReport, SourceInspection } from '#engine/contract/transfer'
import { mergeModels } from '#engine/model/merge-models'
import { standardModel } from '#engine/model/standard/standard-model'
import { inEnglish } from '#text/english'
import { findingText } from '#text/english/findings'
import { importText } from '#text/english/import'
import { progressText } from '#text/english/progress'
import type { Message } from '#text/message'
import { loadData } from './cmt/load-data.ts'
import type { PreparedData } from './cmt/prepare-data.ts'
import { prepareData } from './cmt/prepare-data.ts'
import type { FoundSource } from './detect.ts'
import { importFailed } from './import-failed.ts'
import { checkColumnCount, checkCount } from './limits.ts'
import { completeReferences } from './model/complete-references.ts'
import { withSources } from './open-sources.ts'
import type { ReadSource } from './read-source.ts'
import { readSources } from './read-sources.ts'
import { Findings } from './report/findings.ts'
import { reportModel } from './report/model-findings.ts'
import { reportSchemaOnly, stubsOf } from './report/stubs.ts'

/** What an import writes to. */
export interface ImportTarget {
  model(): ModelDefinition
  applyModel(incoming: ModelDefinition): ModelChange[]
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
  const existing = into.model()
  const { incoming, conflicts } = combine(sources, existing, options, findings)
  const { model } = mergeModels(existing, incoming)
  checkCount(model.tables.length, 'tables', path)
  for (const table of model.tables) checkColumnCount(table.columns.length, table.logicalName, path)
  const touched = new Set(incoming.tables.map((table) => table.logicalName))
  reportModel(model, touched, findings)
  reportSchemaOnly(model, touched, findings)
  const data = prepareData(
    sources.flatMap((source) => source.data),
    model,
    findings,
  )

  progress(progressText.applyingModel, 0, null)
  const changes = [...conflicts, ...into.applyModel(incoming)]
  const counts = writeData(into, data, findings, (done) => progress(progressText.writingRecords, done, data.rows.length))
  return {
    sources: sources.map((source) => source.report),
    changes,
    stubs: stubsOf(model, incoming),
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

/** Merges all sources into one model without missing references, and reports where they contradict each other. */
function combine(
  sources: ReadSource[],
  existing: ModelDefinition,
  options: ImportOptions,
  findings: Findings,
): { incoming: ModelDefinition; conflicts: ModelChange[] } {
  let combined: ModelDefinition = { tables: [], relationships: [], manyToMany: [] }
  const conflicts: ModelChange[] = []
  const embedded = new Map<string, ColumnDefinition>()
  for (const source of sources) {
    const merged = mergeModels(combined, source.model)
    conflicts.push(...merged.changes.filter(({ kind }) => kind === 'conflict' || kind === 'changed'))
    combined = merged.model
    for (const [column, definition] of source.embedded) embedded.set(column, definition)
  }
  for (const change of conflicts)
    findings.add(
      change.kind === 'conflict' ? 'conflict' : 'duplicate',
      findingText.sourcesDiffer,
      `${change.name}: ${inEnglish(change.detail)}`,
    )
  const whole = completeReferences(withoutKnownIntersects(combined, existing), existing, embedded, findings)
  if (!options.standardRelationships) return { incoming: whole, conflicts }
  const all = mergeModels(existing, whole).model
  const standard = standardModel(all.tables.map(({ logicalName }) => logicalName))
  const incoming = completeReferences(mergeModels(whole, standard).model, existing, embedded, findings)
  return { incoming, conflicts }
}

/** Removes the many-to-many relationships of data packages whose intersect table the model already has: packages know no other name. */
function withoutKnownIntersects(combined: ModelDefinition, existing: ModelDefinition): ModelDefinition {
  const defined = [...combined.manyToMany.filter(({ origin }) => origin !== 'stub'), ...existing.manyToMany]
  const intersects = new Set(defined.map((relation) => relation.intersectTable))
  return {
    ...combined,
    manyToMany: combined.manyToMany.filter((relation) => relation.origin !== 'stub' || !intersects.has(relation.intersectTable)),
  }
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
