import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CascadeType, ColumnType, ModelDefinition, ModelSource, Origin, SourceKind } from '#engine/contract/tables'
import { completeCascade, relationshipKind } from '#engine/model/relationship-kinds'
import { column } from '#engine/model/system-model'
import { newEnvironment } from '../support/import-target.ts'
import { wholeModel } from '../support/whole-model.ts'

const TABLES = ['account', 'contact', 'task', 'lab_a', 'lab_b', 'lab_c']
const TYPES: ColumnType[] = ['String', 'Integer', 'Money', 'Lookup', 'Uniqueidentifier', 'DateTime']
const DELETES: CascadeType[] = ['NoCascade', 'Cascade', 'RemoveLink', 'Restrict']

const tableName = fc.constantFrom(...TABLES)

/** A definition of a table: a whole one, or what a source says of a table that is defined elsewhere. */
const tableArbitrary = fc.record({
  name: tableName,
  origin: fc.constantFrom<Origin>('imported', 'stub'),
  displayName: fc.option(fc.constantFrom('One', 'Two')),
  primaryName: fc.constantFrom('name', 'lab_title', null),
  isActivity: fc.boolean(),
  columns: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('lab_x', 'lab_y', 'lab_parentid'), type: fc.constantFrom(...TYPES), described: fc.boolean() }),
    {
      selector: ({ name }) => name,
      maxLength: 3,
    },
  ),
})

const relationshipArbitrary = fc.record({
  name: fc.constantFrom('lab_r1', 'lab_r2', 'LAB_R1', 'lab_r3'),
  referenced: tableName,
  referencing: tableName,
  attribute: fc.constantFrom('lab_parentid', 'lab_otherid'),
  deletes: fc.option(fc.constantFrom(...DELETES)),
})

const modelArbitrary = fc.record({
  tables: fc.uniqueArray(tableArbitrary, { selector: ({ name }) => name, maxLength: 4 }),
  relationships: fc.uniqueArray(relationshipArbitrary, { selector: ({ name }) => name.toLowerCase(), maxLength: 3 }),
})
type Sketch = ReturnType<typeof modelArbitrary.generate>['value']

const sourcesArbitrary = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom<SourceKind>('package', 'solution', 'metadata'),
    name: fc.constantFrom('One', 'Two'),
    version: fc.constantFrom('1.9', '1.10'),
    model: modelArbitrary,
    bringsStandard: fc.boolean(),
  }),
  { selector: ({ kind, name, version }) => `${kind} ${name} ${version}`, minLength: 2, maxLength: 4 },
)

function toModel({ tables, relationships }: Sketch, kind: SourceKind): ModelDefinition {
  const origin: Origin = kind === 'package' ? 'stub' : 'imported'
  return {
    tables: tables.map((table) => ({
      logicalName: table.name,
      schemaName: table.name,
      displayName: table.displayName,
      ownership: 'UserOwned',
      mergeable: table.name === 'account' || table.name === 'contact',
      activeState: 0,
      primaryId: table.isActivity || table.name === 'task' ? 'activityid' : `${table.name}id`,
      primaryName: table.primaryName,
      isActivity: table.isActivity,
      origin: kind === 'package' ? 'stub' : table.origin,
      originNote: null,
      columns: table.columns.map(({ name, type, described }) => ({ ...column(name, type), sourceType: described ? type : null })),
    })),
    relationships: relationships.map(({ name, referenced, referencing, attribute, deletes }) => ({
      schemaName: name,
      referenced,
      referencing,
      attribute,
      hierarchical: referenced === referencing,
      cascade: completeCascade(deletes === null ? {} : { Delete: deletes }, { referenced, referencing, attribute }),
      stated: deletes === null ? [] : ['Delete' as const],
      kind: relationshipKind(attribute, referenced),
      origin,
      originNote: null,
    })),
    manyToMany: [],
  }
}

test('whatever the sources state, and in whatever order they and a change made here come, the model is the same and holds its records [MO8, MO2]', () => {
  fc.assert(
    fc.property(sourcesArbitrary, fc.integer({ min: 1, max: 5 }), fc.boolean(), (sources, turn, isEdited) => {
      const stated = sources.map(({ model, bringsStandard, ...identity }) => ({
        source: { ...identity, managed: null, place: '', model: toModel(model, identity.kind), processes: [] } satisfies ModelSource,
        bringsStandard,
      }))
      const orders = [stated, stated.toReversed(), [...stated.slice(turn % stated.length), ...stated.slice(0, turn % stated.length)]]
      const models = orders.map((order) => {
        const environment = newEnvironment()
        let toEdit = isEdited
        for (const { source, bringsStandard } of order) {
          environment.applySources([source], bringsStandard)
          const first = environment.model().relationships.find(({ schemaName }) => schemaName.toLowerCase() === 'lab_r1')
          if (toEdit && first !== undefined) {
            environment.changeRelationship(first.schemaName, { RollupView: 'Cascade' })
            toEdit = false
          }
          for (const { logicalName, origin } of environment.model().tables)
            if (origin !== 'system') environment.createRecord(logicalName, {})
        }
        expect(environment.checkIntegrity()).toEqual([])
        return wholeModel(environment.model())
      })
      for (const model of models) expect(model).toEqual(models[0])
    }),
    { numRuns: 15 },
  )
})
