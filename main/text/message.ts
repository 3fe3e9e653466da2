import type { ParametersOf, TagsOf, TextValue } from './parameters.ts'

declare const tags: unique symbol

/**
 * Something to say in any language: a key of the catalogue and its parameters. Plain data, which crosses borders and is kept in files.
 * `Tags` exists for the compiler only: a message with tags is drawn by a component, not read as a string.
 */
export interface Message<Tags extends string = never> {
  key: string
  params?: Record<string, number | TextValue>
  readonly [tags]?: Tags
}

/** Texts by name; a text may be a group of texts. */
export interface TextGroup {
  readonly [name: string]: string | TextGroup
}

/** A catalogue's texts as messages: a text without parameters is a message, one with parameters a function of them. */
export type MessagesOf<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends string ? MessageOf<Group[Name]> : MessagesOf<Group[Name]>
}
type MessageOf<Text extends string> = keyof ParametersOf<Text> extends never
  ? Message<TagsOf<Text>>
  : (params: ParametersOf<Text>) => Message<TagsOf<Text>>

/** One area's texts in English, and the area's part of every key. */
export interface Catalogue<Group extends TextGroup = TextGroup> {
  area: string
  texts: Group
}

/** The same texts in another language: the compiler names what is missing. */
export type TranslationOf<Group> = { readonly [Name in keyof Group]: Group[Name] extends string ? string : TranslationOf<Group[Name]> }

/** Declares an area's texts in ICU MessageFormat. Parameters are read from the texts by the compiler. */
export const defineTexts = <const Group extends TextGroup>(area: string, texts: Group): Catalogue<Group> => ({ area, texts })

/** Returns the messages of a catalogue, under the same names as its texts. */
export function messagesOf<Group extends TextGroup>({ area, texts }: Catalogue<Group>): MessagesOf<Group> {
  return messagesBelow(area, texts) as MessagesOf<Group>
}

function messagesBelow(path: string, texts: TextGroup): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const key = `${path}.${name}`
      if (typeof text !== 'string') return [name, messagesBelow(key, text)]
      return [name, hasParameters(text) ? (params: NonNullable<Message['params']>): Message => ({ key, params }) : { key }]
    }),
  )
}

/** An opening brace that is not quoted begins an argument. */
const hasParameters = (text: string): boolean => /(?<!')\{/.test(text)

/** Returns each text of a catalogue by its full key: `jobs.status.Paused`. */
export function textsByKey({ area, texts }: Catalogue): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [[`${area}.${name}`, text] as [string, string]] : textsByKey({ area: `${area}.${name}`, texts: text }),
  )
}

/** Tells a message from other data, for what a file kept. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('key' in value) || typeof value.key !== 'string') return false
  return !('params' in value) || (typeof value.params === 'object' && value.params !== null)
}
