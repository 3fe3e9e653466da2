import { importText } from '#text/english/import'
import type { SourceFile } from '../files/file-tree.ts'
import { importFailed } from '../import-failed.ts'
import type { ReadModel } from '../model/read-model.ts'
import type { Findings } from '../report/findings.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childOf } from '../xml/xml-element.ts'
import { MetadataReader } from './metadata-reader.ts'
import { METADATA } from './metadata-types.ts'

const LISTS: ReadonlySet<string> = new Set([
  'Attributes',
  'OneToManyRelationships',
  'ManyToOneRelationships',
  'ManyToManyRelationships',
  'Options',
  'Targets',
])

const METADATA_ELEMENTS: ReadonlySet<string> = new Set([
  ...LISTS,
  ...`AttributeMetadata OneToManyRelationshipMetadata ManyToManyRelationshipMetadata OptionMetadata StateOptionMetadata StatusOptionMetadata
  LogicalName SchemaName OwnershipType PrimaryIdAttribute PrimaryNameAttribute IsActivity IsIntersect DisplayName UserLocalizedLabel Label Value
  AttributeType AttributeTypeName AttributeOf IsPrimaryId IsPrimaryName RequiredLevel MaxLength OptionSet State DefaultStatus string
  ReferencedEntity ReferencedAttribute ReferencingEntity ReferencingAttribute IsHierarchical CascadeConfiguration
  Assign Delete Merge Reparent Share Unshare RollupView Archive
  Entity1LogicalName Entity2LogicalName IntersectEntityName`.split(/\s+/),
])

/** Where the entities are: in XrmMockup's `Metadata.xml`, and in one entity or a list of them as the SDK's serializer writes it. */
const ENTITY_PATHS = ['MetadataSkeleton/EntityMetadata/*/Value', 'EntityMetadata', 'ArrayOfEntityMetadata/EntityMetadata']

/**
 * Reads the SDK's metadata classes as XML: converts each entity to the shape of the Web API and reads it as such. Names are matched
 * without prefix. Source: import formats, section 7.
 */
export async function readSdkMetadata(file: SourceFile, findings: Findings): Promise<ReadModel> {
  const reader = new MetadataReader(findings)
  const take = (element: XmlElement): void => {
    const entity = METADATA.entity.safeParse(toValue(element))
    if (!entity.success)
      throw importFailed(
        file.location,
        importText.entityUnreadable({ reason: String(entity.error.issues[0]?.message) }),
        importText.entityUnreadableHint,
      )
    reader.addEntity(entity.data, file.location)
  }
  await readXml(
    file,
    ENTITY_PATHS.map((path) => ({ path, keep: METADATA_ELEMENTS, take })),
  )
  return reader.model
}

function toValue(element: XmlElement): unknown {
  if (isNil(element)) return null
  if (LISTS.has(element.name)) return element.children.filter((child) => !isNil(child)).map(toValue)
  // In the Web API a managed boolean and the name of a type are `{ Value }`, and a label is its user's label.
  if (element.children.length === 0) return element.text.trim()
  return Object.fromEntries(element.children.map((child) => [child.name, toValue(child)]))
}

const isNil = (element: XmlElement): boolean => element.attributes['i:nil'] === 'true' || childOf(element, 'nil') !== undefined
