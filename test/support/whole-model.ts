import type { ModelDefinition } from '#engine/contract/tables'

/** A model with everything in it, in an order that does not depend on when a part came. */
export const wholeModel = ({ tables, relationships, manyToMany }: ModelDefinition) => ({
  tables: tables
    .map((table) => ({ ...table, columns: table.columns.toSorted((a, b) => compare(a.logicalName, b.logicalName)) }))
    .sort((a, b) => compare(a.logicalName, b.logicalName)),
  relationships: relationships.toSorted((a, b) => compare(a.schemaName, b.schemaName)),
  manyToMany: manyToMany.toSorted((a, b) => compare(a.schemaName, b.schemaName)),
})

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
