import type { ReportLine } from '#engine/transfer'

const EXAMPLES = 5

/** Gathers the lines of a report: equal texts are counted, the first few examples are kept. */
export class Findings {
  #lines = new Map<string, ReportLine>()

  add(kind: ReportLine['kind'], text: string, example?: string, count = 1): void {
    const key = `${kind}\n${text}`
    const line = this.#lines.get(key) ?? { kind, text, count: 0, examples: [] }
    line.count += count
    if (example !== undefined && line.examples.length < EXAMPLES && !line.examples.includes(example)) line.examples.push(example)
    this.#lines.set(key, line)
  }

  lines(): ReportLine[] {
    return [...this.#lines.values()]
  }
}
