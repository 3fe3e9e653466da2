import type { IntlMessageFormat } from 'intl-messageformat'

/** A syntax tree of ICU MessageFormat. */
type TextTree = ReturnType<IntlMessageFormat['getAst']>

const PLAIN = 'acdeilnorstuyzACDEILNORSTUYZ'
const ACCENTED = 'àçđéîłñöřšťûýžÀÇĐÉÎŁÑÖŘŠŤÛÝŽ'
const accentedLetter = (letter: string): string => ACCENTED[PLAIN.indexOf(letter)] ?? letter

/** Languages that are longer than English need up to 40 % more room. */
const EXTRA = 0.4

/**
 * Rewrites a text of the catalogue so that it stands out and still can be read: `Delete` becomes `⟦Đéłéťé··⟧`.
 * Arguments stay as they are: a record's name is nobody's translation.
 */
export function pseudoText(tree: TextTree): TextTree {
  const letters = lengthOf(tree)
  const literal = (value: string): TextTree[number] => ({ type: LITERAL, value }) as TextTree[number]
  return [literal('⟦'), ...tree.map(accented), literal(`${'·'.repeat(Math.ceil(letters * EXTRA))}⟧`)]
}

// The parser's kinds of element, see TYPE of @formatjs/icu-messageformat-parser.
const LITERAL = 0
const SELECT = 5
const PLURAL = 6
const TAG = 8

function accented(element: TextTree[number]): TextTree[number] {
  switch (element.type) {
    case LITERAL:
      return { ...element, value: [...element.value].map(accentedLetter).join('') }
    case TAG:
      return { ...element, children: element.children.map(accented) }
    case SELECT:
    case PLURAL:
      return {
        ...element,
        options: Object.fromEntries(
          Object.entries(element.options).map(([name, option]) => [name, { ...option, value: option.value.map(accented) }]),
        ),
      } as TextTree[number]
    default:
      return element
  }
}

/** Counts the letters that are always shown; of plural and select, the last case. */
function lengthOf(tree: TextTree): number {
  return tree.reduce((sum, element) => {
    if (element.type === LITERAL) return sum + element.value.length
    if (element.type === TAG) return sum + lengthOf(element.children)
    if (element.type === SELECT || element.type === PLURAL) return sum + lengthOf(Object.values(element.options).at(-1)?.value ?? [])
    return sum
  }, 0)
}
