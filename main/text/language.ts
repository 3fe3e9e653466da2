import { IntlMessageFormat } from 'intl-messageformat'
import { isMessage, type Message } from './message.ts'
import type { TextValue } from './parameters.ts'
import { pseudoText } from './pseudo.ts'

export interface LanguageOptions {
  /** Decides plural forms and the formats of numbers, dates and lists: `en-GB`, `uk`. */
  locale: string
  /** Each text by its full key. */
  texts: ReadonlyMap<string, string>
  /** Shows every text of the catalogue longer and accented, so that what comes from elsewhere stands out. */
  isPseudo?: boolean
}

/** Draws a tag of a message around what stands inside it. */
export type DrawTag<Part> = (inside: (string | Part)[]) => Part

export interface Language {
  locale: string
  /** Returns a message as a text of this language. A key that no catalogue knows is returned as it is. */
  say(message: Message): string
  /** Returns a message in parts, its tags drawn by the given functions. */
  sayParts<Part, Tags extends string>(message: Message<Tags>, draw: Record<Tags, DrawTag<Part>>): (string | Part)[]
}

/** Keys whose texts are the platform's own or somebody else's: the same in every language. */
const VERBATIM = /^(platform|verbatim)\./

/** Creates a language from its texts. Each is parsed when it is first said. */
export function createLanguage({ locale, texts, isPseudo = false }: LanguageOptions): Language {
  const formats = new Map<string, IntlMessageFormat>()
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })

  function formatOf(key: string): IntlMessageFormat | null {
    const known = formats.get(key)
    if (known !== undefined) return known
    const text = texts.get(key)
    if (text === undefined) return null
    const plain = new IntlMessageFormat(text, locale)
    const format = isPseudo && !VERBATIM.test(key) ? new IntlMessageFormat(pseudoText(plain.getAst()), locale) : plain
    formats.set(key, format)
    return format
  }
  const phraseOf = (value: number | TextValue): string | number => {
    if (typeof value === 'string' || typeof value === 'number') return value
    return isMessage(value) ? say(value) : lists.format(value.map((item) => (isMessage(item) ? say(item) : item)))
  }
  const valuesOf = (message: Message<string>) =>
    Object.fromEntries(Object.entries(message.params ?? {}).map(([name, value]) => [name, phraseOf(value)]))

  function say(message: Message): string {
    return String(formatOf(message.key)?.format(valuesOf(message)) ?? message.key)
  }
  function sayParts<Part, Tags extends string>(message: Message<Tags>, draw: Record<Tags, DrawTag<Part>>): (string | Part)[] {
    const said = formatOf(message.key)?.format<Part>({ ...valuesOf(message), ...draw })
    return Array.isArray(said) ? said : [said ?? message.key]
  }
  return { locale, say, sayParts }
}
