import { z } from 'zod'

/**
 * The part of Web API metadata that is read. `$select` may leave out anything, values may be null, words may be numbers, and
 * XrmMockup writes everything as text, so each property is optional and of a loose type. Source: import formats, section 7.
 */
const word = z.union([z.string(), z.number(), z.boolean()]).nullish()
const label = z.object({ UserLocalizedLabel: z.object({ Label: z.string().nullish() }).nullish() }).nullish()
const managedValue = z.union([z.object({ Value: word }), z.string(), z.number()]).nullish()

const option = z.object({ Value: word, State: word, DefaultStatus: word, Label: label })

const attribute = z.object({
  LogicalName: word,
  AttributeType: word,
  AttributeTypeName: managedValue,
  AttributeOf: word,
  IsPrimaryId: word,
  IsPrimaryName: word,
  DisplayName: label,
  RequiredLevel: managedValue,
  MaxLength: word,
  Targets: z.array(z.string()).nullish(),
  OptionSet: z.object({ Options: z.array(option).nullish() }).nullish(),
})

const oneToMany = z.object({
  SchemaName: word,
  ReferencedEntity: word,
  ReferencedAttribute: word,
  ReferencingEntity: word,
  ReferencingAttribute: word,
  IsHierarchical: word,
  CascadeConfiguration: z.record(z.string(), word).nullish(),
})

const manyToMany = z.object({ SchemaName: word, Entity1LogicalName: word, Entity2LogicalName: word, IntersectEntityName: word })

const entity = z.object({
  LogicalName: word,
  SchemaName: word,
  OwnershipType: word,
  PrimaryIdAttribute: word,
  PrimaryNameAttribute: word,
  IsActivity: word,
  IsIntersect: word,
  DisplayName: label,
  Attributes: z.array(attribute).nullish(),
  OneToManyRelationships: z.array(oneToMany).nullish(),
  ManyToOneRelationships: z.array(oneToMany).nullish(),
  ManyToManyRelationships: z.array(manyToMany).nullish(),
})

export const METADATA = { entity, oneToMany, manyToMany }

export type EntityMetadata = z.infer<typeof entity>
export type AttributeMetadata = z.infer<typeof attribute>
export type OneToManyMetadata = z.infer<typeof oneToMany>
export type ManyToManyMetadata = z.infer<typeof manyToMany>
export type MetadataWord = string | number | boolean | null | undefined

export const textOfWord = (value: MetadataWord): string | undefined => {
  const text = value === null || value === undefined ? '' : String(value).trim()
  return text === '' ? undefined : text
}

export const isTrue = (value: MetadataWord): boolean => String(value).toLowerCase() === 'true' || String(value) === '1'
