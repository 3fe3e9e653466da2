import type { Random } from './random.ts'

/** Changes of a text by chance: parts are left out, doubled, moved, or replaced by something of a list. */

const MOST_CHANGES = 3
const MOST_REPEATS = 2_000

/** Characters with a meaning for most readers, and some that only look harmless. */
export const HOSTILE_PIECES = [
  '',
  ' ',
  '\n',
  '\t',
  '\0',
  '\u2028',
  '\u202e',
  '\ud800',
  '"',
  "'",
  '`',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ':',
  ',',
  '../',
  '/*',
  '//',
  '<!--',
  '-',
  '-1',
  '0.5',
  '1e999',
  '999999999999999999999',
  'null',
  'true',
  '__proto__',
  'constructor',
  'x'.repeat(300),
]

/** Returns a text that differs from the given one in up to three places. */
export function mutateText(random: Random, text: string, pieces: readonly string[] = HOSTILE_PIECES): string {
  let changed = text
  for (let left = random.int(MOST_CHANGES + 1); left > 0; left--) changed = changeOnce(random, changed, pieces)
  return changed
}

function changeOnce(random: Random, text: string, pieces: readonly string[]): string {
  const start = random.int(text.length + 1)
  const end = Math.min(text.length, start + random.int(40))
  const [before, between, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)]
  const lines = text.split('\n')
  const line = random.int(lines.length)
  switch (random.int(7)) {
    case 0:
      return before + after
    case 1:
      return before + between + between + after
    case 2:
      return before + random.pick(pieces) + after
    case 3:
      return before + random.pick(pieces).repeat(1 + random.int(random.chance(0.1) ? MOST_REPEATS : 4)) + between + after
    case 4:
      return lines.toSpliced(line, 1).join('\n')
    case 5:
      return lines.toSpliced(random.int(lines.length), 0, lines[line] ?? '').join('\n')
    default:
      return text.replace(words(random, text), () => random.pick(pieces))
  }
}

/** Returns a word of the text. */
function words(random: Random, text: string): string {
  const found = text.match(/[\w.]+/g) ?? ['']
  return random.pick(found)
}
