import type { SourceFile } from '../files/file-tree.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childOf, childrenOf } from '../xml/xml-element.ts'
import type { CmtTable } from './package-types.ts'

/** Reads `data_schema.xml`. Source: import formats, section 6.1. */
export async function readSchema(file: SourceFile): Promise<CmtTable[]> {
  const tables: CmtTable[] = []
  const keep = new Set(['fields', 'field', 'relationships', 'relationship'])
  await readXml(file, [{ path: 'entities/entity', keep, take: (element) => tables.push(...toTable(element)) }])
  return tables
}

function toTable(element: XmlElement): CmtTable[] {
  const name = element.attributes.name?.toLowerCase()
  if (!name) return []
  return [
    {
      name,
      displayName: element.attributes.displayname ?? null,
      primaryId: filled(element.attributes.primaryidfield),
      primaryName: filled(element.attributes.primarynamefield),
      fields: childrenOf(childOf(element, 'fields'), 'field').flatMap(({ attributes }) =>
        attributes.name
          ? [
              {
                name: attributes.name.toLowerCase(),
                displayName: attributes.displayname ?? null,
                type: (attributes.type ?? '').toLowerCase(),
                targets: (attributes.lookupType ?? '').toLowerCase().split('|').filter(Boolean),
              },
            ]
          : [],
      ),
      manyToMany: childrenOf(childOf(element, 'relationships'), 'relationship').flatMap(({ attributes }) =>
        attributes.manyToMany === 'true' && attributes.name && attributes.m2mTargetEntity
          ? [
              {
                name: attributes.name,
                intersectTable: (attributes.relatedEntityName || attributes.name).toLowerCase(),
                target: attributes.m2mTargetEntity.toLowerCase(),
              },
            ]
          : [],
      ),
    },
  ]
}

const filled = (text: string | undefined): string | null => text?.trim().toLowerCase() || null
