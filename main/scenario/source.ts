import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode } from 'yaml'
import { invalid, type Position, ScenarioError } from './scenario-error.ts'

/** A node of a scenario's text, with its place in the file. */
export type SourceNode = MapNode | ListNode | ScalarNode

export interface MapNode {
  kind: 'mapping'
  at: Position
  entries: Entry[]
}

export interface Entry {
  key: string
  keyAt: Position
  value: SourceNode
}

export interface ListNode {
  kind: 'list'
  at: Position
  items: SourceNode[]
}

export interface ScalarNode {
  kind: 'scalar'
  at: Position
  value: string | number | boolean | null
  /** As written, without quotes. */
  text: string
}

/** Larger files are refused: large numbers of rows belong in `generate`. */
const MAX_BYTES = 16 * 1024 * 1024
const MAX_DEPTH = 100
/** Limit for the nodes after anchors are expanded, since a few lines of nested aliases could otherwise fill the memory. */
const MAX_ALIASED_NODES = 200_000

/** Parses YAML. @throws ScenarioError with the first place that is not YAML or not plain data */
export function readSource(text: string): SourceNode {
  const start = { line: 1, column: 1 }
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw invalid(`The file is larger than ${MAX_BYTES / 1024 / 1024} MB. Make many rows with "generate".`, start)
  if (text.includes('\0')) throw new ScenarioError('YAML_INVALID', 'This is not a text file: expected YAML.', start)
  const lines = new LineCounter()
  const document = parsed(text, lines, start)
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined) throw new ScenarioError('YAML_INVALID', sentence(problem.message), at(lines, problem.pos[0]))
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    throw invalid('The file is empty. Expected a mapping with the keys "scenario", "model" and "steps".', start)
  return new Reader(lines).read(document.contents, 0)
}

function parsed(text: string, lines: LineCounter, start: Position): Document.Parsed {
  try {
    // The parser would compare each key with all others of its mapping; the reader below looks each up once.
    return parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'error' })
  } catch (error) {
    // The parser is recursive: many thousand nested brackets exhaust the stack.
    if (error instanceof RangeError) throw new ScenarioError('YAML_INVALID', 'The file is nested too deeply.', start)
    throw error
  }
}

const sentence = (message: string) => `This is not valid YAML: ${message}.`.replace(/\.+$/, '.')

function at(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

class Reader {
  readonly #lines: LineCounter
  /** The latest node of each anchor, in the order of the document. */
  readonly #anchors = new Map<string, YamlNode>()
  /** What each alias means at its place; the parser would search the whole document for each. */
  readonly #targets = new Map<Alias, YamlNode>()
  readonly #opened = new Set<string>()
  #aliasDepth = 0
  #aliasedNodes = 0

  constructor(lines: LineCounter) {
    this.#lines = lines
  }

  read(node: YamlNode, depth: number): SourceNode {
    const place = this.#at(node)
    if (depth > MAX_DEPTH) throw invalid('The file is nested too deeply.', place)
    if (this.#aliasDepth > 0 && ++this.#aliasedNodes > MAX_ALIASED_NODES)
      throw invalid('The aliases of this file multiply into too much data.', place)
    if (isAlias(node)) return this.#aliased(node, depth)
    if (this.#aliasDepth === 0 && node.anchor !== undefined) this.#anchors.set(node.anchor, node)
    if (isMap(node)) {
      const seen = new Set<string>()
      const entries = node.items.map((pair) => {
        const entry = this.#entry(pair.key as YamlNode, pair.value as YamlNode | null, depth)
        if (seen.has(entry.key))
          throw new ScenarioError('YAML_INVALID', 'This key occurs twice: keys of one mapping must differ.', entry.keyAt)
        seen.add(entry.key)
        return entry
      })
      return { kind: 'mapping', at: place, entries }
    }
    if (isSeq(node)) return { kind: 'list', at: place, items: node.items.map((item) => this.read(item as YamlNode, depth + 1)) }
    if (isScalar(node)) return { kind: 'scalar', at: place, ...plain(node.value, node.source, place) }
    throw invalid('Expected plain data.', place)
  }

  #entry(key: YamlNode, value: YamlNode | null, depth: number): Entry {
    const keyAt = this.#at(key)
    if (!isScalar(key) || key.value === null) throw invalid('A key must be a plain word.', keyAt)
    const empty: ScalarNode = { kind: 'scalar', at: keyAt, value: null, text: '' }
    return { key: key.source ?? String(key.value), keyAt, value: value === null ? empty : this.read(value, depth + 1) }
  }

  #aliased(alias: Alias, depth: number): SourceNode {
    const place = this.#at(alias)
    const target = this.#targets.get(alias) ?? this.#anchors.get(alias.source)
    if (target !== undefined) this.#targets.set(alias, target)
    if (target === undefined || this.#opened.has(alias.source))
      throw invalid(`The alias *${alias.source} is undefined or refers to itself.`, place)
    this.#opened.add(alias.source)
    this.#aliasDepth++
    const node = this.read(target, depth + 1)
    this.#aliasDepth--
    this.#opened.delete(alias.source)
    return node
  }

  #at(node: YamlNode): Position {
    return at(this.#lines, node.range?.[0] ?? 0)
  }
}

function plain(value: unknown, source: string | undefined, place: Position): Pick<ScalarNode, 'value' | 'text'> {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { value, text: source ?? String(value) }
  throw invalid('Expected text, a number, true, false or null.', place)
}
