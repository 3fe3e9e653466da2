import type { ManyToManyDefinition } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import type { Findings } from '../report/findings.ts'
import { guidOf } from '../values.ts'
import type { CmtTableData } from './package-types.ts'

export interface PreparedLink {
  intersectTable: string
  first: { table: string; guid: string }
  second: { table: string; guid: string }
}

/** Assigns many-to-many links to their relationships, which a package names by schema name or by intersect table. */
export function prepareLinks(data: CmtTableData[], manyToMany: ManyToManyDefinition[], findings: Findings): PreparedLink[] {
  const relations = new Map([
    ...manyToMany.map((relation) => [relation.intersectTable, relation] as const),
    ...manyToMany.map((relation) => [relation.schemaName.toLowerCase(), relation] as const),
  ])
  return data.flatMap(({ name, links }) =>
    links.flatMap((link) => {
      const relation = relations.get(link.relationship.toLowerCase())
      const source = guidOf(link.source)
      const target = guidOf(link.target)
      const example = `${link.relationship}: ${link.source}`
      if (!relation || (relation.firstTable !== name && relation.secondTable !== name)) {
        findings.add('skipped', findingText.linkOfOtherTable, example)
        return []
      }
      if (!source || !target) {
        findings.add('skipped', findingText.linkIncomplete, example)
        return []
      }
      const { intersectTable, firstTable, secondTable } = relation
      const [first, second] = firstTable === name ? [source, target] : [target, source]
      return [{ intersectTable, first: { table: firstTable, guid: first }, second: { table: secondTable, guid: second } }]
    }),
  )
}
