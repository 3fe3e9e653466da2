import { schemaText } from '#text/english/schema'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { ProcessDefinition } from '../contract/processes.ts'
import type {
  CascadeAction,
  CascadeConfiguration,
  CascadeType,
  ModelChange,
  ModelDefinition,
  ModelSource,
  RelationshipDefinition,
  SourceIdentity,
} from '../contract/tables.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { designViolations } from '../model/design-rules.ts'
import { mergeModels } from '../model/merge-models.ts'
import type { Disagreement, ModelFromSources, ModelParts } from '../model/model-from-sources.ts'
import { modelFromSources, newDisagreements } from '../model/model-from-sources.ts'
import { sourceKey } from '../model/source-order.ts'
import { column } from '../model/system-model.ts'
import type { Session } from '../session/session.ts'
import { writeCascade, writeModel } from '../store/metadata.ts'
import { bringStandard, putEdit, putSource, readParts } from '../store/model-sources.ts'
import { change, method } from './method.ts'

/** Returns the methods that read and change tables and relationships. A change of the model is one transaction. */
export const modelMethods = {
  model: method({ where: 'main', run: ({ session }) => session.model.definition }),
  table: method({ where: 'main', run: ({ session }, logicalName: string) => session.model.table(logicalName).definition }),
  manyToMany: method({ where: 'main', run: ({ session }) => session.model.definition.manyToMany }),

  /** Returns the workflows, flows and plug-in steps of the imported solutions, which never run here. */
  processes: method({ where: 'main', run: ({ session }): readonly ProcessDefinition[] => session.processes }),

  /** Adds to and updates what was declared here, keeps the data, and returns what changed. */
  applyModel: change({
    where: 'main',
    run: ({ session }, incoming: ModelDefinition): ModelChange[] =>
      session.connection.write(() => {
        checkEnds(incoming, session.model)
        return applyParts(session, withStated(session, [{ ...DECLARED, model: incoming, processes: [] }]))
      }),
    announces: () => [{ kind: 'model' }],
  }),

  /** Returns the model as these sources would make it, without changing anything. */
  modelWith: method({
    where: 'main',
    run: ({ session }, sources: ModelSource[], bringsStandard: boolean): ModelFromSources & { contradictions: Disagreement[] } => {
      const known = partsOf(session)
      const planned = modelFromSources(withStated(session, sources, bringsStandard))
      return { ...planned, contradictions: newDisagreements(modelFromSources(known).disagreements, planned.disagreements) }
    },
  }),

  /** Adds sources to the model, or updates what they stated before; keeps the data, and returns what changed. */
  applySources: change({
    where: 'main',
    run: ({ session }, sources: ModelSource[], bringsStandard: boolean): ModelChange[] =>
      session.connection.write(() => applyParts(session, withStated(session, sources, bringsStandard))),
    announces: () => [{ kind: 'model' }],
  }),

  /** @throws MODEL_INVALID if the change would break a design-time rule */
  changeRelationship: change({
    where: 'main',
    run: ({ session }, schemaName: string, cascade: Partial<CascadeConfiguration>): RelationshipDefinition =>
      session.connection.write(() => {
        const { model } = session
        const relationship = model.relationship(schemaName)
        const changed = { ...relationship.definition, cascade: { ...relationship.definition.cascade, ...cascade } }
        const before = new Set(designViolations(model.definition, relationship.definition).map(({ rule, action }) => `${rule} ${action}`))
        const broken = designViolations(model.definition, changed).find(({ rule, action }) => !before.has(`${rule} ${action}`))
        if (broken)
          throw new EngineError('MODEL_INVALID', broken.message, {
            platform: broken.platform,
            details: { relationship: schemaName, rule: broken.rule, action: broken.action },
          })
        writeCascade(session.connection, relationship, changed.cascade)
        for (const [action, type] of Object.entries(cascade) as [CascadeAction, CascadeType][])
          putEdit(session.connection, { schemaName, action, type })
        return changed
      }),
    announces: () => [{ kind: 'model' }],
  }),
}

/** What is declared here: by a scenario, a plug-in or the sample. */
const DECLARED: SourceIdentity = { kind: 'declared', name: '', version: null, managed: null, place: '' }

/** What an environment had before it kept its sources. */
const EARLIER: SourceIdentity = { ...DECLARED, kind: 'earlier' }

/** Returns what the model is made from. An environment of a version that kept no sources has its whole model as the first one. */
function partsOf({ connection, model }: Session): ModelParts {
  const parts = readParts(connection)
  return parts.sources.length > 0 ? parts : { ...parts, sources: [{ ...EARLIER, model: model.definition, processes: [] }] }
}

/** Returns the parts with these sources added to what each of them stated before; the later statement of one source counts. */
function withStated(session: Session, sources: readonly ModelSource[], bringsStandard = false): ModelParts {
  const known = partsOf(session)
  const byKey = new Map(known.sources.map((source) => [sourceKey(source), source]))
  for (const source of sources) {
    const before = byKey.get(sourceKey(source))
    byKey.set(sourceKey(source), before ? { ...source, model: mergeModels(before.model, source.model).model } : source)
  }
  return { ...known, sources: [...byKey.values()], hasStandard: known.hasStandard || bringsStandard }
}

/** Keeps the parts, and stores the model that they make. */
function applyParts(session: Session, parts: ModelParts): ModelChange[] {
  const { model } = modelFromSources(parts)
  const whole = withLookupColumns(model)
  const { changes } = mergeModels(session.model.definition, whole)
  for (const source of parts.sources) putSource(session.connection, source)
  if (parts.hasStandard) bringStandard(session.connection)
  writeModel(session.connection, whole)
  return changes
}

/** @throws INPUT_INVALID if a relationship names a table that is neither in the model nor incoming */
function checkEnds({ tables, relationships, manyToMany }: ModelDefinition, model: CompiledModel): void {
  const known = new Set([...tables, ...model.definition.tables].map(({ logicalName }) => logicalName))
  const ends = [
    ...relationships.map(({ schemaName, referenced, referencing }) => ({ schemaName, names: [referenced, referencing] })),
    ...manyToMany.map(({ schemaName, firstTable, secondTable }) => ({ schemaName, names: [firstTable, secondTable] })),
  ]
  for (const { schemaName, names } of ends)
    for (const name of names)
      if (!known.has(name))
        throw inputInvalid(schemaText.endUnknown({ relationship: schemaName, table: name }), { schemaName, table: name })
}

/** Adds the lookup columns of relationships that their tables do not list. */
function withLookupColumns(model: ModelDefinition): ModelDefinition {
  const missing = new Map<string, Set<string>>()
  const listed = new Map(model.tables.map((table) => [table.logicalName, new Set(table.columns.map(({ logicalName }) => logicalName))]))
  for (const { referencing, attribute } of model.relationships) {
    if (listed.get(referencing)?.has(attribute)) continue
    const names = missing.get(referencing)
    if (names) names.add(attribute)
    else missing.set(referencing, new Set([attribute]))
  }
  const tables = model.tables.map((table) => {
    const added = [...(missing.get(table.logicalName) ?? [])].map((name) => column(name, name === 'ownerid' ? 'Owner' : 'Lookup'))
    return added.length === 0 ? table : { ...table, columns: [...table.columns, ...added] }
  })
  return { ...model, tables }
}
