import { findingText } from '#text/english/findings'
import type { SourceFile } from '../files/file-tree.ts'
import { checkCount } from '../limits.ts'
import type { Findings } from '../report/findings.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, descendant } from '../xml/xml-element.ts'
import type { CmtLink, CmtParty, CmtTableData, CmtValue } from './package-types.ts'

/** A longer value is an image or an attachment in base64, of no use to cascades. */
const MAX_VALUE_LENGTH = 100_000

/** Reads `data.xml`, one record at a time. Source: import formats, section 6.2. */
export async function readData(file: SourceFile, findings: Findings): Promise<CmtTableData[]> {
  const tables = new Map<string, CmtTableData>()
  let table: CmtTableData = { name: '', records: [], links: [] }
  const words = new Map<string, string>()
  // Field and table names repeat with each value; sharing one string for each name saves most of the memory.
  const word = (text: string): string => {
    const known = words.get(text)
    if (known !== undefined) return known
    words.set(text, text)
    return text
  }
  let records = 0
  let fields = 0
  const addRecord = (element: XmlElement) => {
    const values = childrenOf(element, 'field').flatMap((field) => toValue(field, table.name, word, findings))
    table.records.push({ id: element.attributes.id ?? '', values })
    fields += values.length
    checkCount(++records, 'records', file.location)
    checkCount(fields, 'fields', file.location)
  }
  const enterTable = (attributes: Record<string, string>) => {
    const name = attributes.name?.toLowerCase() ?? ''
    if (name === '') findings.add('skipped', findingText.dataOfUnnamedTable, file.location)
    table = tables.get(name) ?? { name, records: [], links: [] }
    tables.set(name, table)
  }
  await readXml(
    file,
    [
      { path: 'entities/entity/records/record', take: addRecord },
      { path: 'entities/entity/m2mrelationships/m2mrelationship', take: (element) => table.links.push(...toLinks(element)) },
    ],
    [{ path: 'entities/entity', enter: enterTable }],
  )
  tables.delete('')
  return [...tables.values()]
}

function toValue(field: XmlElement, table: string, word: (text: string) => string, findings: Findings): CmtValue[] {
  const { name, value = '', lookupentity, lookupentityname } = field.attributes
  if (!name) {
    findings.add('skipped', findingText.valueUnnamed, table)
    return []
  }
  if (value.length > MAX_VALUE_LENGTH) {
    findings.add('skipped', findingText.valueTooLong({ most: MAX_VALUE_LENGTH }), `${table}.${name}`)
    return []
  }
  const parties = childrenOf(field, 'activitypointerrecords').map(toParty)
  return [
    {
      field: word(name.toLowerCase()),
      value,
      target: lookupentity ? word(lookupentity.toLowerCase()) : undefined,
      targetName: lookupentityname || undefined,
      parties: parties.length > 0 ? parties : undefined,
    },
  ]
}

function toParty(element: XmlElement): CmtParty {
  const field = (name: string) => childrenOf(element, 'field').find(({ attributes }) => attributes.name === name)?.attributes
  const party = field('partyid')
  const participation = Number(field('participationtypemask')?.value)
  return {
    table: party?.lookupentity?.toLowerCase() ?? '',
    id: party?.value ?? '',
    name: party?.lookupentityname || null,
    participation: Number.isInteger(participation) ? participation : null,
  }
}

const toLinks = (relation: XmlElement): CmtLink[] =>
  childrenOf(descendant(relation, 'targetids'), 'targetid').map((target) => ({
    source: relation.attributes.sourceid ?? '',
    target: target.text.trim(),
    targetTable: relation.attributes.targetentityname?.toLowerCase() ?? '',
    relationship: relation.attributes.m2mrelationshipname ?? '',
  }))
