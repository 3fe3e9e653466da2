import type { CascadeAction, ColumnDefinition, ManyToManyDefinition } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import { cascadeType } from '../model/cascade-words.ts'
import { newColumn } from '../model/column.ts'
import type { ReadModel, ReadRelationship } from '../model/read-model.ts'
import { requiredLevelOf } from '../model/value-limits.ts'
import type { Findings } from '../report/findings.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childOf, textOf } from '../xml/xml-element.ts'
import { isYes } from './read-table.ts'

export const RELATIONSHIP_ELEMENTS: ReadonlySet<string> = new Set(
  `EntityRelationshipType ReferencedEntityName ReferencingEntityName ReferencingAttributeName CascadeAssign CascadeDelete
  CascadeArchive CascadeReparent CascadeShare CascadeUnshare CascadeRollupView CascadeMerge IsHierarchical FirstEntityName
  SecondEntityName IntersectEntityName field`.split(/\s+/),
)

const ACTIONS: CascadeAction[] = ['Assign', 'Delete', 'Merge', 'Reparent', 'Share', 'Unshare', 'RollupView', 'Archive']

/** Reads an `EntityRelationship` element. One with only a name is an index entry and is ignored. Source: import formats, section 4. */
export function readRelationship(element: XmlElement, into: ReadModel, location: string, findings: Findings): void {
  const schemaName = element.attributes.Name ?? textOf(element, 'Name')
  if (element.children.length === 0) return
  if (!schemaName) {
    findings.add('skipped', findingText.relationshipUnnamed, location)
    return
  }
  const type = textOf(element, 'EntityRelationshipType')?.toLowerCase()
  const intersect = textOf(element, 'IntersectEntityName')
  if (type === 'manytomany' || (type === undefined && intersect)) {
    const relation = readManyToMany(element, schemaName)
    if (relation) into.manyToMany.push(relation)
    else findings.add('skipped', findingText.manyToManyIncomplete, schemaName)
    return
  }
  if (type !== undefined && type !== 'onetomany') {
    findings.add('skipped', findingText.relationshipTypeUnknown({ type }), schemaName)
    return
  }
  const relationship = readOneToMany(element, schemaName, findings)
  if (relationship) into.relationships.push(relationship)
  else findings.add('skipped', findingText.relationshipIncomplete, schemaName)
}

function readOneToMany(element: XmlElement, schemaName: string, findings: Findings): ReadRelationship | undefined {
  const referenced = textOf(element, 'ReferencedEntityName')?.toLowerCase()
  const referencing = textOf(element, 'ReferencingEntityName')?.toLowerCase()
  const field = childOf(element, 'field')
  const attribute = (textOf(element, 'ReferencingAttributeName') ?? field?.attributes.name)?.toLowerCase()
  if (!referenced || !referencing || !attribute) return undefined
  const cascade: ReadRelationship['cascade'] = {}
  for (const action of ACTIONS) {
    const stated = cascadeType(textOf(element, `Cascade${action}`), action, schemaName, findings)
    if (stated) cascade[action] = stated
  }
  const hierarchical = isYes(textOf(element, 'IsHierarchical'))
  return {
    schemaName,
    referenced,
    referencing,
    attribute,
    hierarchical,
    cascade,
    embeddedColumn: field ? embedded(field, attribute) : null,
  }
}

function embedded(field: XmlElement, attribute: string): ColumnDefinition {
  const requiredLevel = requiredLevelOf(field.attributes.requiredlevel)
  return newColumn(attribute, attribute === 'ownerid' ? 'Owner' : 'Lookup', { sourceType: 'field', requiredLevel })
}

function readManyToMany(element: XmlElement, schemaName: string): Omit<ManyToManyDefinition, 'origin'> | undefined {
  const firstTable = textOf(element, 'FirstEntityName')?.toLowerCase()
  const secondTable = textOf(element, 'SecondEntityName')?.toLowerCase()
  const intersectTable = textOf(element, 'IntersectEntityName')?.toLowerCase()
  return firstTable && secondTable && intersectTable ? { schemaName, intersectTable, firstTable, secondTable } : undefined
}
