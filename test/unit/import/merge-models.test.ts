import { describe, expect, test } from 'vitest'
import type { ModelDefinition, RelationshipDefinition, TableDefinition } from '#engine/contract/tables'
import { mergeModels } from '#engine/model/merge-models'
import { completeCascade } from '#engine/model/relationship-kinds'
import { newColumn } from '../../../main/import/model/column.ts'
import { changesInEnglish } from '../../support/changes-in-english.ts'

const table = (logicalName: string, more: Partial<TableDefinition> = {}): TableDefinition => ({
  logicalName,
  schemaName: logicalName,
  displayName: null,
  ownership: 'UserOwned',
  mergeable: false,
  activeState: 0,
  primaryId: `${logicalName}id`,
  primaryName: 'name',
  isActivity: false,
  origin: 'imported',
  originNote: null,
  columns: [],
  ...more,
})

const ENDS = { referenced: 'account', referencing: 'lab_visit', attribute: 'lab_accountid' }

const relationship = (schemaName: string, more: Partial<RelationshipDefinition> = {}): RelationshipDefinition => ({
  schemaName,
  referenced: 'account',
  referencing: 'lab_visit',
  attribute: 'lab_accountid',
  hierarchical: false,
  cascade: completeCascade(more.cascade ?? {}, ENDS),
  stated: [],
  kind: 'data',
  origin: 'imported',
  originNote: null,
  ...more,
})

const model = (parts: Partial<ModelDefinition>): ModelDefinition => ({ tables: [], relationships: [], manyToMany: [], ...parts })

const withDelete = (Delete: 'Restrict' | 'RemoveLink' | 'Cascade', more: Partial<RelationshipDefinition> = {}) =>
  relationship('lab_account_visit', { ...more, cascade: completeCascade({ Delete }, ENDS), stated: ['Delete'] })

describe('tables', () => {
  test('a stub is completed by a real definition and keeps its columns and relationships', () => {
    const stub = table('account', { origin: 'stub', primaryName: null, columns: [newColumn('lab_parentid', 'Lookup')] })
    const real = table('account', {
      displayName: 'Account',
      ownership: 'OrganizationOwned',
      columns: [newColumn('name', 'String', { displayName: 'Name' })],
    })
    const existing = model({ tables: [stub], relationships: [withDelete('Cascade')] })

    const { model: merged, changes } = mergeModels(existing, model({ tables: [real] }))

    expect(merged.tables).toEqual([{ ...real, columns: [...stub.columns, ...real.columns] }])
    expect(merged.relationships).toEqual(existing.relationships)
    expect(changes.map(({ kind, subject, name }) => [kind, subject, name])).toEqual([
      ['completed', 'table', 'account'],
      ['added', 'column', 'account.name'],
    ])
  })

  test('a stub never takes anything from a real definition, but adds its columns', () => {
    const real = table('account', { displayName: 'Account', columns: [newColumn('name', 'String', { displayName: 'Name' })] })
    const stub = table('account', {
      origin: 'stub',
      ownership: 'None',
      columns: [newColumn('name', 'Lookup'), newColumn('lab_code', 'String')],
    })

    const { model: merged } = mergeModels(model({ tables: [real] }), model({ tables: [stub] }))

    expect(merged.tables).toEqual([{ ...real, columns: [...real.columns, newColumn('lab_code', 'String')] }])
  })

  test('imported beats standard, whichever comes first', () => {
    const standard = table('account', { origin: 'standard', ownership: 'None' })
    const imported = table('account', { ownership: 'UserOwned' })

    for (const [first, second] of [
      [standard, imported],
      [imported, standard],
    ] as const)
      expect(mergeModels(model({ tables: [first] }), model({ tables: [second] })).model.tables).toMatchObject([
        { origin: 'imported', ownership: 'UserOwned' },
      ])
  })

  test('of two imported definitions the last wins, and a changed type is a conflict', () => {
    const first = table('lab_visit', { displayName: 'Visit', columns: [newColumn('lab_code', 'String', { displayName: 'Code' })] })
    const last = table('lab_visit', { displayName: 'Call', columns: [newColumn('lab_code', 'Integer', { displayName: 'Code' })] })

    const { model: merged, changes } = mergeModels(model({ tables: [first] }), model({ tables: [last] }))

    expect(merged.tables).toEqual([last])
    expect(changesInEnglish(changes)).toEqual([
      { kind: 'changed', subject: 'table', name: 'lab_visit', detail: 'displayName: Visit → Call' },
      { kind: 'conflict', subject: 'column', name: 'lab_visit.lab_code', detail: 'type: String → Integer' },
    ])
  })

  test('a table of the system keeps what it is', () => {
    const system = table('systemuser', {
      origin: 'system',
      ownership: 'BusinessOwned',
      primaryName: 'fullname',
      columns: [newColumn('fullname', 'String', { displayName: 'Full Name' })],
    })
    const imported = table('systemuser', {
      ownership: 'UserOwned',
      columns: [newColumn('fullname', 'Memo', { displayName: 'X' }), newColumn('title', 'String')],
    })

    const { model: merged } = mergeModels(model({ tables: [system] }), model({ tables: [imported] }))

    expect(merged.tables).toEqual([{ ...system, columns: [...system.columns, newColumn('title', 'String')] }])
  })
})

describe('relationships', () => {
  test('a stated action that changes is described from what to what', () => {
    const { model: merged, changes } = mergeModels(
      model({ relationships: [withDelete('RemoveLink')] }),
      model({ relationships: [withDelete('Restrict')] }),
    )

    expect(merged.relationships[0]?.cascade.Delete).toBe('Restrict')
    expect(changesInEnglish(changes)).toEqual([
      { kind: 'changed', subject: 'relationship', name: 'lab_account_visit', detail: 'Delete: RemoveLink → Restrict' },
    ])
  })

  test('an action that the incoming relationship does not state never overrides a stated one', () => {
    const known = withDelete('Cascade')
    const silent = relationship('lab_account_visit')

    const { model: merged, changes } = mergeModels(model({ relationships: [known] }), model({ relationships: [silent] }))

    expect(merged.relationships[0]).toMatchObject({ cascade: { Delete: 'Cascade' }, stated: ['Delete'] })
    expect(changes).toEqual([])
  })

  test('names are compared without case', () => {
    const { model: merged } = mergeModels(
      model({ relationships: [withDelete('Cascade')] }),
      model({ relationships: [{ ...withDelete('Cascade'), schemaName: 'LAB_Account_Visit' }] }),
    )

    expect(merged.relationships.length).toBe(1)
  })

  test('an imported relationship takes the place of a standard or data-only one on the same column', () => {
    for (const origin of ['standard', 'stub'] as const) {
      const standIn = relationship('stand_in', { origin })

      const { model: merged, changes } = mergeModels(
        model({ relationships: [standIn] }),
        model({ relationships: [withDelete('Restrict')] }),
      )

      expect(merged.relationships.map(({ schemaName }) => schemaName)).toEqual(['lab_account_visit'])
      expect(changesInEnglish(changes)).toMatchObject([{ kind: 'completed', detail: 'takes the place of stand_in' }])
    }
  })

  test('a standard relationship never stands beside an imported one, nor changes what it states', () => {
    const imported = withDelete('Restrict')
    const beside = relationship('standard_name', { origin: 'standard' })
    const same = { ...withDelete('Cascade', { origin: 'standard' }), stated: ['Delete', 'Assign'] as RelationshipDefinition['stated'] }

    const { model: merged } = mergeModels(model({ relationships: [imported] }), model({ relationships: [beside, same] }))

    expect(merged.relationships).toEqual([{ ...imported, stated: ['Assign', 'Delete'] }])
  })

  test('two real relationships may share a column and a parent', () => {
    const { model: merged } = mergeModels(
      model({ relationships: [withDelete('Restrict')] }),
      model({ relationships: [relationship('another')] }),
    )

    expect(merged.relationships.length).toBe(2)
  })
})

test('merging a model with itself changes nothing', () => {
  const whole = model({
    tables: [table('account', { columns: [newColumn('name', 'String')] }), table('owner', { origin: 'stub' })],
    relationships: [withDelete('Cascade')],
    manyToMany: [{ schemaName: 'lab_a_b', intersectTable: 'lab_ab', firstTable: 'account', secondTable: 'owner', origin: 'imported' }],
  })

  expect(mergeModels(whole, whole)).toEqual({ model: whole, changes: [] })
})
