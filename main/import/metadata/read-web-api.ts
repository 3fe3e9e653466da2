import type { z } from 'zod'
import { findingText } from '#text/english/findings'
import { importText } from '#text/english/import'
import type { Phrase } from '#text/parameters'
import { decodeAll } from '../files/decode-text.ts'
import type { SourceFile } from '../files/file-tree.ts'
import { readAll } from '../files/read-limited.ts'
import { importFailed, messageOf } from '../import-failed.ts'
import { LIMITS } from '../limits.ts'
import type { ReadModel } from '../model/read-model.ts'
import type { Findings } from '../report/findings.ts'
import { MetadataReader } from './metadata-reader.ts'
import { METADATA } from './metadata-types.ts'

/** Reads pages and files of Web API metadata into one model. Source: import formats, section 7. */
export async function readWebApiMetadata(files: SourceFile[], findings: Findings): Promise<ReadModel> {
  const reader = new MetadataReader(findings)
  for (const file of files) {
    const content = parseJson(decodeAll(await readAll(file.read(), file.location, LIMITS.jsonBytes), file.location), file.location)
    for (const item of itemsOf(content)) addItem(reader, item, file.location)
    if (hasNextLink(content) && files.length === 1) findings.add('note', findingText.onePage, file.location)
  }
  if (reader.model.tables.length + reader.model.relationships.length + reader.model.manyToMany.length === 0)
    throw importFailed(files[0]?.location ?? '', importText.noTableNoRelationship, importText.saveAnswerHint)
  return reader.model
}

/** Returns the items of an array, of an object with `value`, of one object, or of an array of pages. */
function itemsOf(content: unknown): unknown[] {
  if (Array.isArray(content)) return content.flatMap((item) => (isRecord(item) && Array.isArray(item.value) ? item.value : [item]))
  if (isRecord(content) && Array.isArray(content.value)) return content.value
  return [content]
}

function addItem(reader: MetadataReader, item: unknown, location: string): void {
  if (!isRecord(item)) throw notMetadata(location, importText.itemNotObject)
  if ('ReferencingEntity' in item) reader.addOneToMany(checked(METADATA.oneToMany, item, location), location)
  else if ('Entity1LogicalName' in item) reader.addManyToMany(checked(METADATA.manyToMany, item, location), location)
  else if ('LogicalName' in item) reader.addEntity(checked(METADATA.entity, item, location), location)
  else throw notMetadata(location, importText.itemOfNoKind)
}

function checked<T>(shape: z.ZodType<T>, item: unknown, location: string): T {
  const result = shape.safeParse(item)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw notMetadata(location, `${issue?.path.join('.') ?? 'an item'}: ${issue?.message ?? 'unexpected'}`)
}

const notMetadata = (location: string, reason: Phrase) =>
  importFailed(location, importText.notMetadata({ reason }), importText.notMetadataHint)

/** @throws IMPORT_FAILED if it is not JSON or nested too deeply */
function parseJson(text: string, location: string): unknown {
  refuseDepth(text, location)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw importFailed(location, importText.notJson({ reason: messageOf(error) }), importText.notJsonHint, error)
  }
}

function refuseDepth(text: string, location: string): void {
  let depth = 0
  let inText = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inText) {
      if (code === 0x5c) i++
      else if (code === 0x22) inText = false
    } else if (code === 0x22) inText = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > LIMITS.jsonDepth)
        throw importFailed(location, importText.valuesTooDeep({ depth: LIMITS.jsonDepth }), importText.answerTooDeepHint)
    } else if (code === 0x7d || code === 0x5d) depth--
  }
}

const hasNextLink = (content: unknown): boolean => isRecord(content) && '@odata.nextLink' in content

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
