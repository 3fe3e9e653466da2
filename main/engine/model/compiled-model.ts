import { schemaText } from '#text/english/schema'
import { columnUnknown, inputInvalid, shortened, tableUnknown } from '../contract/errors.ts'
import type {
  CascadeAction,
  CascadeType,
  ColumnDefinition,
  ManyToManyDefinition,
  ModelDefinition,
  RelationshipDefinition,
  TableDefinition,
} from '../contract/tables.ts'
import { isMasterLink, masterLink } from './master-link.ts'
import { isParental } from './relationship-kinds.ts'

export interface CompiledTable {
  number: number
  definition: TableDefinition
  columns: Map<string, ColumnDefinition>
  /** Lookup column → the tables that its value may point to; polymorphic if there are several. */
  targets: Map<string, string[]>
  hasOwner: boolean
}

export interface CompiledRelationship {
  number: number
  definition: RelationshipDefinition
}

/** A relationship along which a cascade goes from rows of the parent table to rows of the child table. */
export interface Edge {
  relationship: CompiledRelationship
  parent: CompiledTable
  child: CompiledTable
  attribute: string
  behavior: CascadeType
}

const FIXED_TARGETS: Record<string, string[]> = {
  createdby: ['systemuser'],
  modifiedby: ['systemuser'],
  createdonbehalfby: ['systemuser'],
  modifiedonbehalfby: ['systemuser'],
  ownerid: ['systemuser', 'team'],
  owningbusinessunit: ['businessunit'],
  owninguser: ['systemuser'],
  owningteam: ['team'],
}

/** Numbers of relationships that the model only implies are negative: stored ones begin at 1. */
const masterLinkNumber = (table: number): number => -1 - table

/** The model with precomputed answers: the targets of each table's lookups, and the edges of each action. */
export class CompiledModel {
  readonly definition: ModelDefinition
  readonly version: number
  #tables = new Map<string, CompiledTable>()
  #byNumber = new Map<number, CompiledTable>()
  #relationships = new Map<string, CompiledRelationship>()
  #relationshipsByNumber = new Map<number, CompiledRelationship>()
  #children = new Map<string, CompiledRelationship[]>()

  constructor(
    version: number,
    tables: { number: number; definition: TableDefinition }[],
    relationships: CompiledRelationship[],
    manyToMany: ManyToManyDefinition[],
  ) {
    this.version = version
    this.definition = {
      tables: tables.map(({ definition }) => definition),
      relationships: relationships.map(({ definition }) => definition),
      manyToMany,
    }
    for (const { number, definition } of tables) {
      const columns = new Map(definition.columns.map((column) => [column.logicalName, column]))
      const compiled = { number, definition, columns, targets: new Map<string, string[]>(), hasOwner: definition.ownership === 'UserOwned' }
      for (const [attribute, targets] of Object.entries(FIXED_TARGETS)) if (columns.has(attribute)) compiled.targets.set(attribute, targets)
      if (columns.has('masterid')) compiled.targets.set('masterid', [definition.logicalName])
      this.#tables.set(definition.logicalName, compiled)
      this.#byNumber.set(number, compiled)
    }
    for (const relationship of relationships) this.#addRelationship(relationship)
    for (const { number, definition } of tables)
      if (definition.mergeable && !this.#hasMasterLink(definition.logicalName))
        this.#addRelationship({ number: masterLinkNumber(number), definition: masterLink(definition.logicalName) })
  }

  #hasMasterLink(table: string): boolean {
    return (this.#children.get(table) ?? []).some(({ definition }) => definition.referencing === table && isMasterLink(definition))
  }

  #addRelationship(relationship: CompiledRelationship): void {
    const { schemaName, referenced, referencing, attribute, kind } = relationship.definition
    this.#relationships.set(schemaName.toLowerCase(), relationship)
    this.#relationshipsByNumber.set(relationship.number, relationship)
    if (kind === 'ownership') return
    const siblings = this.#children.get(referenced)
    if (siblings) siblings.push(relationship)
    else this.#children.set(referenced, [relationship])
    const targets = this.#tables.get(referencing)?.targets
    if (!targets || attribute in FIXED_TARGETS) return
    const known = targets.get(attribute)
    if (!known) targets.set(attribute, [referenced])
    else if (!known.includes(referenced)) known.push(referenced)
  }

  /** @throws INPUT_INVALID */
  table(logicalName: string): CompiledTable {
    return this.findTable(logicalName) ?? raise(tableUnknown(logicalName))
  }

  findTable(logicalName: string): CompiledTable | undefined {
    return this.#tables.get(logicalName)
  }

  findTableByNumber(number: number): CompiledTable | undefined {
    return this.#byNumber.get(number)
  }

  /** @throws INPUT_INVALID */
  tableByNumber(number: number): CompiledTable {
    return this.findTableByNumber(number) ?? raise(tableUnknown(`number ${number}`))
  }

  tables(): Iterable<CompiledTable> {
    return this.#tables.values()
  }

  /** @throws INPUT_INVALID */
  relationship(schemaName: string): CompiledRelationship {
    return (
      this.#relationships.get(schemaName.toLowerCase()) ??
      raise(inputInvalid(schemaText.relationshipUnknown({ relationship: schemaName }), { schemaName }))
    )
  }

  relationshipByNumber(number: number): CompiledRelationship {
    return (
      this.#relationshipsByNumber.get(number) ??
      raise(inputInvalid(schemaText.relationshipNumberUnknown({ relationship: String(number) }), { number }))
    )
  }

  /** @throws INPUT_INVALID */
  column(table: CompiledTable, name: string): ColumnDefinition {
    return table.columns.get(name) ?? raise(columnUnknown(table.definition.logicalName, name))
  }

  /** Returns the data relationships in which this table is the parent, with their behaviour for the action. */
  edgesFrom(table: CompiledTable, action: CascadeAction): Edge[] {
    return (this.#children.get(table.definition.logicalName) ?? []).flatMap((relationship) => {
      const child = this.#tables.get(relationship.definition.referencing)
      const { attribute, cascade } = relationship.definition
      return child?.columns.has(attribute) ? [{ relationship, parent: table, child, attribute, behavior: cascade[action] }] : []
    })
  }

  /** Returns the sides of N:N relationships on which rows of this table can be. */
  linkSides({ definition: { logicalName } }: CompiledTable): { relation: ManyToManyDefinition; side: 'first' | 'second' }[] {
    return this.definition.manyToMany.flatMap((relation) => [
      ...(relation.firstTable === logicalName ? [{ relation, side: 'first' as const }] : []),
      ...(relation.secondTable === logicalName ? [{ relation, side: 'second' as const }] : []),
    ])
  }

  /** Returns an N:N relationship by its schema name, ignoring case. @throws INPUT_INVALID */
  manyToMany(schemaName: string): ManyToManyDefinition {
    const name = schemaName.toLowerCase()
    return (
      this.definition.manyToMany.find((relation) => relation.schemaName.toLowerCase() === name) ??
      raise(inputInvalid(schemaText.manyToManyUnknown({ relationship: shortened(schemaName) }), { schemaName: shortened(schemaName) }))
    )
  }

  /** Returns the parental relationships of this table: any of Assign, Reparent, Share, Unshare or Delete cascades. Section 1.5. */
  parentalRelationships(table: CompiledTable): CompiledRelationship[] {
    return [...this.#relationships.values()].filter(
      ({ definition }) =>
        definition.referencing === table.definition.logicalName && definition.kind === 'data' && isParental(definition.cascade),
    )
  }
}

function raise(error: Error): never {
  throw error
}
