import type { SaxesTagPlain } from 'saxes'
import { SaxesParser } from 'saxes'
import { EngineError } from '#engine/contract/errors'
import { importText } from '#text/english/import'
import { decodeText } from '../files/decode-text.ts'
import type { SourceFile } from '../files/file-tree.ts'
import { importFailed, messageOf } from '../import-failed.ts'
import { LIMITS } from '../limits.ts'
import type { XmlElement } from './xml-element.ts'
import { newElement } from './xml-element.ts'

/** An element to pass on as soon as it ends, so that a file of any size needs the memory of one element. */
export interface XmlWanted {
  /** From the root, `*` for any name: `ImportExportXml/Entities/Entity`. */
  path: string
  /** Names to keep below it; every other element is skipped with its content. @default all */
  keep?: ReadonlySet<string>
  take: (element: XmlElement) => void
}

/** An ancestor of wanted elements whose attributes say what they belong to. */
export interface XmlPassed {
  path: string
  enter: (attributes: Record<string, string>) => void
}

interface PathNode {
  children: Map<string, PathNode>
  wanted: XmlWanted | undefined
  passed: XmlPassed | undefined
}

/**
 * Reads a file as a stream and passes on the wanted elements.
 * @returns the name of the root element
 * @throws IMPORT_FAILED if it is not well-formed, truncated, nested too deeply, not UTF-8, or contains a DTD.
 */
export async function readXml(file: SourceFile, wanted: XmlWanted[], passed: XmlPassed[] = []): Promise<string> {
  const reader = new ElementReader(pathTree(wanted, passed), file.location)
  let started = false
  try {
    for await (const text of decodeText(file.read(), file.location)) {
      // In some files a line break precedes the declaration, which XML requires to be first.
      const part = started ? text : text.trimStart()
      if (part === '') continue
      started = true
      reader.write(part)
    }
    return reader.end()
  } catch (error) {
    if (error instanceof EngineError) throw error
    throw importFailed(file.location, importText.notXml({ reason: messageOf(error) }), importText.notXmlHint, error)
  }
}

function pathTree(wanted: XmlWanted[], passed: XmlPassed[]): PathNode {
  const root = newNode()
  const nodeAt = (path: string) => {
    let node = root
    for (const step of path.split('/')) {
      const next = node.children.get(step) ?? newNode()
      node.children.set(step, next)
      node = next
    }
    return node
  }
  for (const want of wanted) nodeAt(want.path).wanted = want
  for (const pass of passed) nodeAt(pass.path).passed = pass
  return root
}

const newNode = (): PathNode => ({ children: new Map(), wanted: undefined, passed: undefined })

/**
 * Builds wanted elements and skips the others. States of the reader:
 *
 * | state | `#skipping` | `#open` |
 * |---|---|---|
 * | on the way to wanted elements | 0 | empty |
 * | inside a wanted element | 0 | it and its kept descendants |
 * | inside a skipped element | depth inside it | unchanged |
 */
class ElementReader {
  #parser = new SaxesParser({ xmlns: false, position: true })
  #path: PathNode[]
  #open: XmlElement[] = []
  #wanted: XmlWanted | undefined
  #skipping = 0
  #depth = 0
  #root = ''
  #location: string

  constructor(tree: PathNode, location: string) {
    this.#path = [tree]
    this.#location = location
    this.#parser.on('opentag', (tag) => this.#enter(tag))
    this.#parser.on('closetag', () => this.#leave())
    this.#parser.on('text', (text) => this.#addText(text))
    this.#parser.on('cdata', (text) => this.#addText(text))
    this.#parser.on('doctype', () => {
      throw importFailed(location, importText.documentType, importText.documentTypeHint)
    })
  }

  write(text: string): void {
    this.#parser.write(text)
  }

  end(): string {
    this.#parser.close()
    return this.#root
  }

  #enter(tag: SaxesTagPlain): void {
    this.#depth++
    if (this.#skipping > 0) {
      this.#skipping++
      if (this.#depth > LIMITS.xmlDepth) this.#tooDeep()
      return
    }
    if (this.#depth > LIMITS.xmlDepth) this.#tooDeep()
    const name = localName(tag.name)
    if (this.#depth === 1) this.#root = name
    const parent = this.#open.at(-1)
    if (parent) this.#enterKept(name, tag, parent)
    else this.#enterPath(name, tag)
  }

  #enterKept(name: string, tag: SaxesTagPlain, parent: XmlElement): void {
    if (this.#wanted?.keep && !this.#wanted.keep.has(name)) {
      this.#skipping = 1
      return
    }
    const element = newElement(name, tag.attributes)
    parent.children.push(element)
    this.#open.push(element)
  }

  #enterPath(name: string, tag: SaxesTagPlain): void {
    const at = this.#path.at(-1)
    const node = at?.children.get(name) ?? at?.children.get('*')
    if (!node) {
      this.#skipping = 1
      return
    }
    this.#path.push(node)
    node.passed?.enter(tag.attributes)
    if (!node.wanted) return
    this.#wanted = node.wanted
    this.#open.push(newElement(name, tag.attributes))
  }

  #leave(): void {
    this.#depth--
    if (this.#skipping > 0) {
      this.#skipping--
      return
    }
    const element = this.#open.pop()
    if (!element) {
      this.#path.pop()
      return
    }
    if (this.#open.length > 0) return
    this.#path.pop()
    this.#wanted?.take(element)
    this.#wanted = undefined
  }

  #addText(text: string): void {
    if (this.#skipping > 0) return
    const element = this.#open.at(-1)
    if (element) element.text += text
  }

  #tooDeep(): never {
    throw importFailed(this.#location, importText.elementsTooDeep({ depth: LIMITS.xmlDepth }), importText.tooDeepHint)
  }
}

const localName = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)
