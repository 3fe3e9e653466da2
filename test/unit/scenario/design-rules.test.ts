import { expect, test } from 'vitest'
import type { ModelDefinition } from '#engine/contract/tables'
import { designViolations } from '#engine/model/design-rules'
import { read } from './read.ts'

const model: ModelDefinition = read(`scenario: x
model:
  tables: { account: {}, contact: {} }
  relationships: [ { name: r, referenced: account, referencing: contact, attribute: parentcustomerid, behavior: Referential } ]
steps: []`).declared

const [relationship] = model.relationships

test('Remove Link on a lookup that must not be empty is refused [DR5]', () => {
  if (relationship === undefined) throw new Error('The model has no relationship')
  const tables = model.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      requiredLevel: column.logicalName === 'parentcustomerid' ? ('Mandatory' as const) : ('None' as const),
    })),
  }))

  const broken = designViolations({ ...model, tables }, relationship)

  expect(broken).toMatchObject([{ rule: 'DR5', platform: 'CascadeRemoveLinkOnNonNullable', action: 'Delete' }])
  expect(designViolations(model, relationship)).toEqual([])
})

test('relationships that state ownership are not looked at', () => {
  if (relationship === undefined) throw new Error('The model has no relationship')

  expect(
    designViolations(model, { ...relationship, kind: 'ownership', cascade: { ...relationship.cascade, Delete: 'NoCascade' } }),
  ).toEqual([])
})
