import { type Document, isScalar, parseDocument, visit } from 'yaml'
import { inEnglish } from '#text/english'
import { importText } from '#text/english/import'
import { decodeAll } from '../files/decode-text.ts'
import type { SourceFile } from '../files/file-tree.ts'
import { readAll } from '../files/read-limited.ts'
import { importFailed, messageOf } from '../import-failed.ts'
import { LIMITS } from '../limits.ts'
import type { ReadModel } from '../model/read-model.ts'
import type { Findings } from '../report/findings.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childOf, childrenOf, descendant, newElement } from '../xml/xml-element.ts'
import { SolutionReader } from './read-solution.ts'

const MAX_YAML_BYTES = 16 * 1024 * 1024

/**
 * Reads the YAML source-control layout: the XML of a solution as YAML, with one table, column or relationship in each file. Only what
 * the solution's `solutioncomponents.yml` lists belongs to it. Source: import formats, section 5.
 */
export async function readYamlLayout(root: string, solutionFolder: string, files: SourceFile[], findings: Findings): Promise<ReadModel> {
  const prefix = root === '' ? '' : `${root}/`
  const inside = files
    .filter((file) => file.path.startsWith(prefix) && /\.ya?ml$/i.test(file.path))
    .map((file) => ({ file, path: file.path.slice(prefix.length).toLowerCase() }))
  const components = inside.find(({ path }) => path === `${solutionFolder.slice(prefix.length).toLowerCase()}/solutioncomponents.yml`)
  const listed = components ? await componentPaths(components.file) : undefined
  const belongs = (path: string) =>
    !listed || listed.some((component) => path === component || path.startsWith(`${component}/`) || path === `${component}.yml`)
  const reader = new SolutionReader(findings)
  const columns = inside.filter(({ path }) => /^entities\/[^/]+\/attributes\/.+\.ya?ml$/.test(path))
  for (const { file, path } of inside) {
    if (/^entities\/[^/]+\/entity\.ya?ml$/.test(path) && belongs(path)) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1)
      reader.addTable(
        await readYamlTable(
          file,
          columns.filter((column) => column.path.startsWith(folder)).map((column) => column.file),
        ),
        file.location,
      )
    } else if (/^entityrelationships\/.+\.ya?ml$/.test(path) && belongs(path)) {
      const document = await readYaml(file)
      for (const element of [
        ...childrenOf(document, 'EntityRelationship'),
        ...childrenOf(childOf(document, 'EntityRelationships'), 'EntityRelationship'),
      ])
        reader.addRelationship(element, file.location)
    }
  }
  return reader.finish()
}

async function readYamlTable(file: SourceFile, columnFiles: SourceFile[]): Promise<XmlElement> {
  const document = await readYaml(file)
  const table = childOf(document, 'Entity') ?? document
  const info = descendant(table, 'EntityInfo', 'entity')
  if (!info) return table
  let attributes = childOf(info, 'attributes')
  if (!attributes) {
    attributes = newElement('attributes')
    info.children.push(attributes)
  }
  for (const column of columnFiles) attributes.children.push(...childrenOf(await readYaml(column), 'attribute'))
  return table
}

async function componentPaths(file: SourceFile): Promise<string[] | undefined> {
  const document = await readYaml(file)
  const list = childOf(document, 'SolutionComponents') ?? document
  const entries = [...childrenOf(list, 'Component'), ...childrenOf(list, 'SolutionComponents'), list]
  const paths = entries.flatMap((entry) => [
    entry.attributes.path,
    entry.attributes.Path,
    ...childrenOf(entry, 'Path').map(({ text }) => text),
  ])
  const found = paths.filter((path): path is string => Boolean(path)).map((path) => path.replace(/^\/+|\/+$/g, '').toLowerCase())
  return found.length > 0 ? found : undefined
}

/**
 * Reads a YAML file into elements below a nameless one. All scalars stay text, so that `1.0` and `No` are not converted.
 * @throws IMPORT_FAILED if it is not YAML, too large or nested too deeply.
 */
export async function readYaml(file: SourceFile): Promise<XmlElement> {
  const text = decodeAll(await readAll(file.read(), file.location, MAX_YAML_BYTES), file.location)
  const root = newElement('')
  addChildren(root, parseYaml(text, file.location), 0, file.location)
  return root
}

function parseYaml(text: string, location: string): unknown {
  try {
    // The parser compares each key with all others of its mapping.
    const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false })
    const [error] = document.errors
    if (error) throw error
    checkKeys(document)
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw importFailed(location, importText.notYaml({ reason: messageOf(error) }), importText.notYamlHint, error)
  }
}

/** @throws an error for a key that a mapping has twice */
function checkKeys(document: Document): void {
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        if (seen.has(name)) throw new Error(inEnglish(importText.keyTwice({ key: name })))
        seen.add(name)
      }
    },
  })
}

function addChildren(parent: XmlElement, value: unknown, depth: number, location: string): void {
  if (depth > LIMITS.xmlDepth) throw importFailed(location, importText.valuesTooDeep({ depth: LIMITS.xmlDepth }), importText.tooDeepHint)
  if (Array.isArray(value)) {
    for (const item of value) {
      const element = newElement('Component')
      addChildren(element, item, depth + 1, location)
      parent.children.push(element)
    }
    return
  }
  if (typeof value !== 'object' || value === null) {
    parent.text = value === null || value === undefined ? '' : String(value)
    return
  }
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('@')) parent.attributes[key.slice(1)] = typeof item === 'string' ? item : String(item ?? '')
    else
      for (const each of Array.isArray(item) ? item : [item]) {
        const element = newElement(key)
        addChildren(element, each, depth + 1, location)
        parent.children.push(element)
      }
  }
}
