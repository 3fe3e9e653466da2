import type { Message } from './message.ts'

/** What a plain `{name}` takes. A number says how it reads, so it needs `{name, number}`; a list is joined as the language does. */
export type Phrase = string | Message
export type TextValue = Phrase | readonly Phrase[]

/** The parameters of an ICU message, read from its text by the compiler: `{ count: number; table: TextValue }`. */
export type ParametersOf<Text extends string> = FromPairs<InText<Text>>

/** The names of the tags of a message: `'b'` for `Press <b>Enter</b>`. A component draws them. */
export type TagsOf<Text extends string> = Text extends `${string}<${infer Name}>${infer Rest}`
  ? (Name extends `/${string}` | `${string} ${string}` ? never : Name) | TagsOf<Rest>
  : never

type FromPairs<Pair extends [string, unknown]> = { [P in Pair as P[0]]: P[1] }

/** Scans text up to the next brace. An opening one begins an argument, a closing one ends a case of plural or select. */
type InText<Text extends string, Found extends [string, unknown] = never> = Text extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? Text extends `${string}}${infer Rest}`
      ? InCases<Rest, Found>
      : Found
    : InArgument<After, Found>
  : Text extends `${string}}${infer Rest}`
    ? InCases<Rest, Found>
    : Found

type InArgument<Text extends string, Found extends [string, unknown]> = Text extends `${infer Inside}}${infer Rest}`
  ? Inside extends `${infer Name}, ${infer Format}`
    ? Format extends `plural, ${string}` | `selectordinal, ${string}`
      ? Text extends `${Name}, ${string}, ${infer Cases}`
        ? InCases<Cases, Found | [Name, number]>
        : Found
      : Format extends `select, ${string}`
        ? Text extends `${Name}, select, ${infer Cases}`
          ? InCases<Cases, Found | [Name, string]>
          : Found
        : InText<Rest, Found | [Name, number]>
    : InText<Rest, Found | [Inside, TextValue]>
  : Found

/** Scans the cases of plural or select: an opening brace begins a case's text, a closing one ends the argument. */
type InCases<Text extends string, Found extends [string, unknown]> = Text extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? Text extends `${string}}${infer Rest}`
      ? InText<Rest, Found>
      : Found
    : InText<After, Found>
  : Text extends `${string}}${infer Rest}`
    ? InText<Rest, Found>
    : Found
