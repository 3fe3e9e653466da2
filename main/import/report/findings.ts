import type { ReportLine } from '#engine/contract/transfer'
import { findingText } from '#text/english/findings'
import type { Message } from '#text/message'
import { storedMessage } from '#text/stored-message'

/** Examples of one line, and of all lines together. */
const EXAMPLES = 1_000
const ALL_EXAMPLES = 50_000
const EXAMPLE_LENGTH = 300
/** The most characters of a source that a text quotes. */
const QUOTED_LENGTH = 500
const LINES = 1_000

/** Collects the lines of a report: counts equal texts and keeps the first examples of each. */
export class Findings {
  #lines = new Map<string, ReportLine>()
  #examples = 0

  add(kind: ReportLine['kind'], text: Message, example?: string, count = 1): void {
    const line = this.#line(kind, shortened(text))
    line.count += count
    const shown = example?.slice(0, EXAMPLE_LENGTH)
    if (shown === undefined || line.examples.length >= EXAMPLES || this.#examples >= ALL_EXAMPLES || line.examples.includes(shown)) return
    this.#examples++
    line.examples.push(shown)
  }

  /** Returns the line for a text. Once there are too many different texts, further ones share one line. */
  #line(kind: ReportLine['kind'], text: Message): ReportLine {
    const known = this.#lines.get(keyOf(kind, text))
    if (known) return known
    const shown = this.#lines.size < LINES ? text : findingText.further
    const line = this.#lines.get(keyOf(kind, shown)) ?? { kind, text: shown, count: 0, examples: [] }
    this.#lines.set(keyOf(kind, shown), line)
    return line
  }

  lines(): ReportLine[] {
    return [...this.#lines.values()]
  }
}

const keyOf = (kind: ReportLine['kind'], text: Message): string => `${kind}\n${storedMessage(text)}`

/** Shortens what a text quotes from a source, which may be of any length. */
function shortened(text: Message): Message {
  if (text.params === undefined) return text
  const params = Object.entries(text.params).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, QUOTED_LENGTH) : value,
  ])
  return { ...text, params: Object.fromEntries(params) }
}
