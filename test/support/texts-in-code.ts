import { parseSync } from 'vite'
import type { SourceFile } from './repository.ts'

/** A text for people that stands in code instead of a catalogue. */
export interface TextInCode {
  path: string
  line: number
  text: string
}

interface Node {
  type: string
  start: number
  [field: string]: unknown
}

/** Attributes and fields whose texts are read by people, whatever the text looks like. */
const SPOKEN = new Set([
  ...['label', 'title', 'placeholder', 'alt', 'hint', 'description', 'sentence', 'explanation', 'heading', 'text'],
  ...['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription'],
])
/** Attributes whose values are for the machine. */
const SILENT = new Set(['className', 'style', 'id', 'key', 'role', 'type', 'href', 'rel', 'd', 'viewBox', 'points', 'transform', 'keys'])

/** Returns the texts of a file that people would read: JSX text, spoken attributes and fields, and sentences. */
export function textsInCode({ path, text: source }: SourceFile): TextInCode[] {
  const found: TextInCode[] = []
  function visit(value: unknown, isSpoken: boolean): void {
    if (Array.isArray(value)) for (const item of value) visit(item, isSpoken)
    if (!isNode(value)) return
    const text = textOf(value, isSpoken)
    if (text !== null) found.push({ path, line: source.slice(0, value.start).split('\n').length, text: text.replace(/\s+/g, ' ').trim() })
    for (const [part, isPartSpoken] of partsOf(value, isSpoken)) visit(part, isPartSpoken)
  }
  visit(parseSync(path, source).program, false)
  return found
}

/** Fields of the engine's data that people read. */
const SAID = new Set(['hint', 'reason', 'text', 'friendlymessage', 'label', 'title'])

/** Returns the texts that engine code gives to errors, reasons, hints and job messages instead of a message of a catalogue. */
export function errorTextsInCode({ path, text: source }: SourceFile): TextInCode[] {
  const found: TextInCode[] = []
  function visit(value: unknown, isSpoken: boolean): void {
    if (Array.isArray(value)) for (const item of value) visit(item, isSpoken)
    if (!isNode(value)) return
    const text = isSpoken ? textOf(value, true) : null
    if (text !== null && !isCode(text)) found.push({ path, line: source.slice(0, value.start).split('\n').length, text })
    const given = value.arguments as unknown[] | undefined
    if (value.type === 'NewExpression' && nameOf(value.callee) === 'EngineError') visit(given?.[1], true)
    if (value.type === 'CallExpression' && nameOf(value.callee) === 'inputInvalid') visit(given?.[0], true)
    if (value.type === 'Property') visit(value.value, SAID.has(nameOf(value.key)))
    else for (const [part, isPartSpoken] of partsOf(value, isSpoken)) visit(part, isPartSpoken)
  }
  visit(parseSync(path, source).program, false)
  return found
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** Returns what a literal says, or null where nobody reads it. What stands in a spoken place counts even as one word. */
function textOf(node: Node, isSpoken: boolean): string | null {
  switch (node.type) {
    case 'JSXText':
      return hasLetters(String(node.value)) ? String(node.value) : null
    case 'Literal':
      return typeof node.value === 'string' && (isSpoken ? hasLetters : isSentence)(node.value) ? node.value : null
    case 'TemplateLiteral': {
      const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
      return (isSpoken ? hasLetters(parts.join('')) : isSentence(parts.join('…'))) ? parts.join('…') : null
    }
    default:
      return null
  }
}

/** Returns the parts of a node that can hold texts, and whether people read what stands in them. */
function partsOf(node: Node, isSpoken: boolean): [part: unknown, isSpoken: boolean][] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TSLiteralType':
    case 'TSTemplateLiteralType':
      return []
    case 'JSXElement':
    case 'JSXFragment':
      return [
        [node.openingElement, false],
        [node.children, true],
      ]
    case 'JSXAttribute': {
      const name = nameOf(node.name)
      return SILENT.has(name) ? [] : [[node.value, SPOKEN.has(name)]]
    }
    case 'Property': {
      const name = nameOf(node.key)
      return SILENT.has(name) ? [] : [[node.value, SPOKEN.has(name)]]
    }
    case 'JSXExpressionContainer':
      return [[node.expression, isSpoken]]
    case 'TemplateLiteral':
      return [[node.expressions, isSpoken]]
    // What is compared and what a condition asks is not what is read.
    case 'ConditionalExpression':
      return [
        [node.test, false],
        [node.consequent, isSpoken],
        [node.alternate, isSpoken],
      ]
    case 'LogicalExpression':
      return [
        [node.left, isSpoken && node.operator !== '&&'],
        [node.right, isSpoken],
      ]
    case 'BinaryExpression':
      return node.operator === '+' ? [[[node.left, node.right], isSpoken]] : []
    case 'SwitchCase':
      return [[node.consequent, false]]
    default:
      return Object.values(node).map((part) => [part, false])
  }
}

const nameOf = (key: unknown): string => (isNode(key) ? String(key.name ?? key.value ?? '') : '')

/** A single letter is a code between two of our parts. */
const isCode = (text: string): boolean => text.length === 1

const hasLetters = (text: string): boolean => /\p{L}/u.test(text)

/** Two words with a space between, at least one of them no name of a style, an event or a column. */
function isSentence(text: string): boolean {
  if (!/\p{L}{2,}[,;:.…]* \p{L}/u.test(text)) return false
  return !text.split(/[\s…]+/).every((word) => word === '' || /^[a-z]+([-_:][a-z0-9-]+)+$/.test(word))
}
