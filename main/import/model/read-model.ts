import type { CascadeAction, CascadeType, ColumnDefinition, ManyToManyDefinition, Ownership } from '#engine/contract/tables'

/** A model as its source states it; `null` is what the source leaves open. All logical names are lower case. */
export interface ReadModel {
  tables: ReadTable[]
  relationships: ReadRelationship[]
  manyToMany: Omit<ManyToManyDefinition, 'origin'>[]
  /** Columns that the source lists and that are no columns of their own: shadows of others. */
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
  /** Older exports carry the lookup column inside the relationship. */
  embeddedColumn: ColumnDefinition | null
}

export const emptyModel = (): ReadModel => ({ tables: [], relationships: [], manyToMany: [], shadowColumns: 0 })
