import { schemaText } from '#text/english/schema'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { CascadeConfiguration, ModelChange, ModelDefinition, RelationshipDefinition } from '../contract/tables.ts'
import { designViolations } from '../model/design-rules.ts'
import { mergeModels } from '../model/merge-models.ts'
import { column } from '../model/system-model.ts'
import { writeCascade, writeModel } from '../store/metadata.ts'
import { change, method } from './method.ts'

/** Returns the methods that read and change tables and relationships. A change of the model is one transaction. */
export const modelMethods = {
  model: method({ where: 'main', run: ({ session }) => session.model.definition }),
  table: method({ where: 'main', run: ({ session }, logicalName: string) => session.model.table(logicalName).definition }),
  manyToMany: method({ where: 'main', run: ({ session }) => session.model.definition.manyToMany }),

  /** Adds to and updates the model, keeps the data, and returns what changed. */
  applyModel: change({
    where: 'main',
    run: ({ session }, incoming: ModelDefinition): ModelChange[] =>
      session.connection.write(() => {
        const { model, changes } = mergeModels(session.model.definition, incoming)
        checkEnds(model)
        writeModel(session.connection, withLookupColumns(model))
        return changes
      }),
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
        return changed
      }),
    announces: () => [{ kind: 'model' }],
  }),
}

/** @throws INPUT_INVALID if a relationship names a table that is neither in the model nor incoming */
function checkEnds({ tables, relationships, manyToMany }: ModelDefinition): void {
  const known = new Set(tables.map(({ logicalName }) => logicalName))
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
