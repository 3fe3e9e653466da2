import type { ReportLine } from '#engine/contract/transfer'

const EXAMPLES = 5
const EXAMPLE_LENGTH = 300
const TEXT_LENGTH = 500
const LINES = 1_000

/** Collects the lines of a report: counts equal texts and keeps the first examples of each. */
export class Findings {
  #lines = new Map<string, ReportLine>()

  add(kind: ReportLine['kind'], text: string, example?: string, count = 1): void {
    const line = this.#line(kind, text.slice(0, TEXT_LENGTH))
    line.count += count
    const shown = example?.slice(0, EXAMPLE_LENGTH)
    if (shown !== undefined && line.examples.length < EXAMPLES && !line.examples.includes(shown)) line.examples.push(shown)
  }

  /** Returns the line for a text. Once there are too many different texts, further ones share one line. */
  #line(kind: ReportLine['kind'], text: string): ReportLine {
    const known = this.#lines.get(`${kind}\n${text}`)
    if (known) return known
    const shown = this.#lines.size < LINES ? text : 'Further findings of this kind'
    const line = this.#lines.get(`${kind}\n${shown}`) ?? { kind, text: shown, count: 0, examples: [] }
    this.#lines.set(`${kind}\n${shown}`, line)
    return line
  }

  lines(): ReportLine[] {
    return [...this.#lines.values()]
  }
}
