import { Fragment, type ReactNode } from 'react'
import type { DrawTag } from '#text/language'
import type { Message } from '#text/message'
import { useWords } from './words.ts'

interface TextProps<Tags extends string> {
  of: Message<Tags>
  /** How each tag of the message is drawn, around what stands inside it: `{ b: (inside) => <strong>{inside}</strong> }`. */
  tags: Record<Tags, (inside: ReactNode) => ReactNode>
}

/** Shows a message that has tags, in the chosen language. */
export function Text<Tags extends string>({ of, tags }: TextProps<Tags>) {
  const { sayParts } = useWords()
  const draw = Object.fromEntries(
    Object.entries<(inside: ReactNode) => ReactNode>(tags).map(([name, drawTag]) => [
      name,
      (inside: ReactNode[]) => drawTag(numbered(inside)),
    ]),
  ) as Record<Tags, DrawTag<ReactNode>>
  return numbered(sayParts(of, draw))
}

/** Parts of one sentence have no other identity than their place in it. */
const numbered = (parts: ReactNode[]): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the sentence is drawn anew as a whole.
  parts.map((part, place) => <Fragment key={place}>{part}</Fragment>)
