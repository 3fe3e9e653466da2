import type { CascadeAction, OptionDefinition } from '#engine/contract/tables'
import { CASCADE_ACTIONS } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import { checkCount } from '../limits.ts'
import { cascadeType } from '../model/cascade-words.ts'
import { newColumn } from '../model/column.ts'
import { optionNumber } from '../model/option.ts'
import type { ReadModel, ReadRelationship, ReadTable } from '../model/read-model.ts'
import { emptyModel } from '../model/read-model.ts'
import { lengthOf, requiredLevelOf } from '../model/value-limits.ts'
import type { Findings } from '../report/findings.ts'
import { ownershipOf } from '../solution/read-table.ts'
import { metadataColumnType } from './column-types.ts'
import type { AttributeMetadata, EntityMetadata, ManyToManyMetadata, OneToManyMetadata } from './metadata-types.ts'
import { isTrue, textOfWord } from './metadata-types.ts'

/**
 * Builds a model from Web API metadata, from any number of entities and relationship lists. A relationship that appears under its
 * parent and its child is counted once, and a difference is reported. Source: import formats, section 7.
 */
export class MetadataReader {
  readonly model: ReadModel = emptyModel()
  readonly #relationships = new Map<string, ReadRelationship>()
  readonly #manyToMany = new Set<string>()
  readonly #findings: Findings
  #columns = 0

  constructor(findings: Findings) {
    this.#findings = findings
  }

  addEntity(entity: EntityMetadata, location: string): void {
    for (const relationship of entity.OneToManyRelationships ?? []) this.addOneToMany(relationship, location)
    for (const relationship of entity.ManyToOneRelationships ?? []) this.addOneToMany(relationship, location)
    for (const relationship of entity.ManyToManyRelationships ?? []) this.addManyToMany(relationship, location)
    const logicalName = textOfWord(entity.LogicalName)?.toLowerCase()
    if (!logicalName) {
      this.#findings.add('skipped', findingText.tableWithoutLogicalName, location)
      return
    }
    if (isTrue(entity.IsIntersect)) {
      this.#findings.add('skipped', findingText.intersectTable, logicalName)
      return
    }
    this.model.tables.push(this.#toTable(entity, logicalName))
    const shadows = (entity.Attributes ?? []).filter((attribute) => textOfWord(attribute.AttributeOf)).length
    if (shadows > 0) this.#findings.add('skipped', findingText.columnShadows, logicalName, shadows)
    this.model.shadowColumns += shadows
    this.#columns += entity.Attributes?.length ?? 0
    checkCount(this.model.tables.length, 'tables', location)
    checkCount(this.#columns, 'columns', location)
  }

  #toTable(entity: EntityMetadata, logicalName: string): ReadTable {
    const attributes = (entity.Attributes ?? []).filter(
      (attribute) => textOfWord(attribute.LogicalName) && !textOfWord(attribute.AttributeOf),
    )
    const named = (flag: 'IsPrimaryId' | 'IsPrimaryName') =>
      textOfWord(attributes.find((attribute) => isTrue(attribute[flag]))?.LogicalName)
    const primaryId = (textOfWord(entity.PrimaryIdAttribute) ?? named('IsPrimaryId'))?.toLowerCase() ?? null
    return {
      logicalName,
      schemaName: textOfWord(entity.SchemaName) ?? logicalName,
      displayName: entity.DisplayName?.UserLocalizedLabel?.Label ?? null,
      ownership:
        ownershipOf(textOfWord(entity.OwnershipType)) ??
        (attributes.some((attribute) => attribute.AttributeType === 'Owner') ? 'UserOwned' : null),
      primaryId,
      primaryName: (textOfWord(entity.PrimaryNameAttribute) ?? named('IsPrimaryName'))?.toLowerCase() ?? null,
      isActivity: entity.IsActivity === undefined ? null : isTrue(entity.IsActivity),
      columns: attributes.map(toColumn),
      extent: primaryId === null ? 'part' : 'whole',
    }
  }

  addOneToMany(metadata: OneToManyMetadata, location: string): void {
    const schemaName = textOfWord(metadata.SchemaName)
    const referenced = textOfWord(metadata.ReferencedEntity)?.toLowerCase()
    const referencing = textOfWord(metadata.ReferencingEntity)?.toLowerCase()
    const attribute = textOfWord(metadata.ReferencingAttribute)?.toLowerCase()
    if (!schemaName || !referenced || !referencing || !attribute) {
      this.#findings.add('skipped', findingText.relationshipIncomplete, schemaName ?? location)
      return
    }
    const known = this.#relationships.get(schemaName.toLowerCase())
    const findings = this.#findings
    const stated = Object.entries(metadata.CascadeConfiguration ?? {}).flatMap(([action, value]) => {
      if (!isAction(action)) return []
      const type = cascadeType(textOfWord(value), action, schemaName, findings)
      return type ? [[action, type] as const] : []
    })
    const cascade: ReadRelationship['cascade'] = Object.fromEntries(stated)
    const relationship = {
      schemaName,
      referenced,
      referencing,
      attribute,
      hierarchical: isTrue(metadata.IsHierarchical),
      cascade,
      embeddedColumn: null,
    }
    if (!known) {
      this.#relationships.set(schemaName.toLowerCase(), relationship)
      this.model.relationships.push(relationship)
      checkCount(this.model.relationships.length, 'relationships', location)
      return
    }
    if (!isSame(known, relationship)) findings.add('conflict', findingText.relationshipStatedTwice, schemaName)
    Object.assign(known, relationship, {
      cascade: { ...known.cascade, ...cascade },
      hierarchical: known.hierarchical || relationship.hierarchical,
    })
  }

  addManyToMany(metadata: ManyToManyMetadata, location: string): void {
    const schemaName = textOfWord(metadata.SchemaName)
    const firstTable = textOfWord(metadata.Entity1LogicalName)?.toLowerCase()
    const secondTable = textOfWord(metadata.Entity2LogicalName)?.toLowerCase()
    const intersectTable = textOfWord(metadata.IntersectEntityName)?.toLowerCase()
    if (!schemaName || !firstTable || !secondTable || !intersectTable) {
      this.#findings.add('skipped', findingText.manyToManyIncomplete, schemaName ?? location)
      return
    }
    if (this.#manyToMany.has(schemaName.toLowerCase())) return
    this.#manyToMany.add(schemaName.toLowerCase())
    this.model.manyToMany.push({ schemaName, intersectTable, firstTable, secondTable })
    checkCount(this.model.manyToMany.length, 'relationships', location)
  }
}

const isAction = (word: string): word is CascadeAction => CASCADE_ACTIONS.some((action) => action === word)

const isSame = (a: ReadRelationship, b: ReadRelationship): boolean =>
  a.referenced === b.referenced &&
  a.referencing === b.referencing &&
  a.attribute === b.attribute &&
  CASCADE_ACTIONS.every(
    (action) => a.cascade[action] === undefined || b.cascade[action] === undefined || a.cascade[action] === b.cascade[action],
  )

function toColumn(attribute: AttributeMetadata) {
  const typeName = typeof attribute.AttributeTypeName === 'object' ? attribute.AttributeTypeName?.Value : attribute.AttributeTypeName
  const required = typeof attribute.RequiredLevel === 'object' ? attribute.RequiredLevel?.Value : attribute.RequiredLevel
  return newColumn(textOfWord(attribute.LogicalName) ?? '', metadataColumnType(textOfWord(attribute.AttributeType), textOfWord(typeName)), {
    displayName: attribute.DisplayName?.UserLocalizedLabel?.Label ?? null,
    sourceType: textOfWord(typeName) ?? textOfWord(attribute.AttributeType) ?? null,
    requiredLevel: requiredLevelOf(textOfWord(required)),
    maxLength: lengthOf(textOfWord(attribute.MaxLength)),
    options: (attribute.OptionSet?.Options ?? []).flatMap(toOption),
  })
}

function toOption(option: NonNullable<NonNullable<AttributeMetadata['OptionSet']>['Options']>[number]): OptionDefinition[] {
  const value = Number(option.Value)
  if (textOfWord(option.Value) === undefined || !Number.isInteger(value)) return []
  const label = option.Label?.UserLocalizedLabel?.Label ?? null
  return [
    {
      value,
      label,
      ...optionNumber('state', textOfWord(option.State)),
      ...optionNumber('defaultStatus', textOfWord(option.DefaultStatus)),
    },
  ]
}
