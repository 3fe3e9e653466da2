import type { ModelDefinition } from '#engine/contract/tables'
import type { ImportReport } from '#engine/contract/transfer'
import { inEnglish } from '#text/english'
import { findingText } from '#text/english/findings'
import { originText } from '#text/english/origins'
import type { Message } from '#text/message'
import type { Findings } from './findings.ts'

const NAMED_RELATIONSHIPS = 3

/** Lists the tables of an import that no source defines, each with what refers to it. Source: import formats, section 8. */
export function stubsOf(model: ModelDefinition, incoming: ModelDefinition): ImportReport['stubs'] {
  const touched = new Set(incoming.tables.map((table) => table.logicalName))
  const referring = new Map<string, string[]>()
  const refer = (table: string, name: string) => {
    const names = referring.get(table)
    if (names) names.push(name)
    else referring.set(table, [name])
  }
  for (const { schemaName, referenced, referencing } of incoming.relationships) {
    refer(referenced, schemaName)
    if (referencing !== referenced) refer(referencing, schemaName)
  }
  for (const { schemaName, firstTable, secondTable } of incoming.manyToMany) {
    refer(firstTable, schemaName)
    if (secondTable !== firstTable) refer(secondTable, schemaName)
  }
  return model.tables
    .filter((table) => table.origin === 'stub' && touched.has(table.logicalName))
    .map((table) => {
      const names = referring.get(table.logicalName) ?? []
      const examples = names.slice(0, NAMED_RELATIONSHIPS).join(', ')
      const reason = table.originNote ?? originText.unknown
      const named = names.length > NAMED_RELATIONSHIPS ? originText.namedByMore : originText.named
      return {
        table: table.logicalName,
        reason: names.length > 0 ? named({ reason, names: examples }) : reason,
        relationships: names.length,
      }
    })
}

/** Reports lookups that only a data package lists, whose cascade types are unknown. Source: import formats, section 6.1. */
export function reportSchemaOnly(model: ModelDefinition, touched: Set<string>, findings: Findings): void {
  for (const { schemaName, origin, referencing } of model.relationships)
    if (origin === 'stub' && touched.has(referencing)) findings.add('schemaOnly', findingText.schemaOnlyLookup, schemaName)
  for (const { logicalName, origin, originNote } of model.tables)
    if (origin === 'stub' && touched.has(logicalName) && originNote !== null && isListed(originNote))
      findings.add('schemaOnly', findingText.schemaOnlyTable, logicalName)
}

/** Compares the sentence, because an older version kept it without a key. */
const isListed = (note: Message): boolean => inEnglish(note).startsWith(inEnglish(originText.listed({ source: '' })))
