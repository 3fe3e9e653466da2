/**
 * Characters that a terminal obeys or hides instead of showing them: control characters but for tab and line feed, marks that turn the
 * direction of a line, invisible ones, separators of lines, tags, and halves of characters.
 */
const OBEYED = /(?![\t\n])[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

const hexadecimal = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${hexadecimal(code, 2)}`
  return code < 0x1_0000 ? `\\u${hexadecimal(code, 4)}` : `\\u{${hexadecimal(code, 4)}}`
}

/** Returns a text as a terminal may print it: `\x1b` and `\u202e` as they are written here, lines and tabs unchanged. */
export const terminalText = (text: string): string => text.replace(OBEYED, escaped)

/** Returns a text for one line of a terminal: line feeds and tabs are shown as well. */
export const terminalLine = (text: string): string => terminalText(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t')

/** Returns a JSON document that means the same and holds no such character. */
export const terminalJson = (json: string): string =>
  json.replace(OBEYED, (character) =>
    [...Array(character.length).keys()].map((at) => `\\u${hexadecimal(character.charCodeAt(at), 4)}`).join(''),
  )
