import type { CascadeAction, CascadeType, ColumnDefinition, ManyToManyDefinition, Ownership } from '#engine/contract/tables'

/** A model as its source states it; `null` is what the source leaves open. All logical names are lower case. */
export interface ReadModel {
  tables: ReadTable[]
  relationships: ReadRelationship[]
  manyToMany: Omit<ManyToManyDefinition, 'origin'>[]
  /** Number of listed columns that only repeat another column, such as the name of a lookup. */
  shadowColumns: number
}

export interface ReadTable {
  logicalName: string
  schemaName: string
  displayName: string | null
  ownership: Ownership | null
  primaryId: string | null
  primaryName: string | null
  isActivity: boolean | null
  columns: ColumnDefinition[]
  /**
   * `whole`: the source owns the table's definition. `part`: a reference to a table owned elsewhere, or an extension of it;
   * what is listed adds to what is known. `schema`: a data package's list of columns.
   */
  extent: 'whole' | 'part' | 'schema'
}

export interface ReadRelationship {
  schemaName: string
  referenced: string
  referencing: string
  attribute: string
  hierarchical: boolean
  cascade: Partial<Record<CascadeAction, CascadeType>>
  /** The lookup column, which older exports describe inside the relationship. */
  embeddedColumn: ColumnDefinition | null
}

export const emptyModel = (): ReadModel => ({ tables: [], relationships: [], manyToMany: [], shadowColumns: 0 })
