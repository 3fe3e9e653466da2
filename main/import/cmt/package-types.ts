/** A data package of the Configuration Migration Tool as it was read. */
export interface CmtPackage {
  location: string
  schema: CmtTable[]
  data: CmtTableData[]
}

export interface CmtTable {
  name: string
  displayName: string | null
  primaryId: string | null
  primaryName: string | null
  fields: CmtField[]
  manyToMany: CmtManyToMany[]
}

export interface CmtField {
  name: string
  displayName: string | null
  type: string
  targets: string[]
}

export interface CmtManyToMany {
  name: string
  intersectTable: string
  target: string
}

export interface CmtTableData {
  name: string
  records: CmtRecord[]
  links: CmtLink[]
}

export interface CmtRecord {
  /** As written; checked when it is loaded. */
  id: string
  values: CmtValue[]
}

export interface CmtValue {
  field: string
  value: string
  /** Lookups only. */
  target: string | undefined
  targetName: string | undefined
  /** Party lists only. */
  parties: CmtParty[] | undefined
}

export interface CmtParty {
  table: string
  id: string
  name: string | null
  participation: number | null
}

export interface CmtLink {
  source: string
  target: string
  targetTable: string
  relationship: string
}
