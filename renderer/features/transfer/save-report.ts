import type { ImportReport } from '#engine/contract/transfer'
import type { Words } from '../../text/words.ts'
import { evidenceOf } from './report-evidence.ts'

/** Offers a text as a file, as a browser and Electron do with a download. */
export function saveAs(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Returns a report as JSON, with its texts as they are shown. */
export const reportJson = (report: ImportReport, { say }: Words): string =>
  JSON.stringify(
    {
      ...report,
      changes: report.changes.map((change) => ({ ...change, detail: say(change.detail) })),
      stubs: report.stubs.map((stub) => ({ ...stub, reason: say(stub.reason) })),
      lines: report.lines.map((line) => ({ ...line, text: say(line.text) })),
    },
    null,
    2,
  )

/** Returns a report as one page of HTML that needs nothing else: each number with the names behind it. */
export function reportPage(report: ImportReport, title: string, { say, count }: Words): string {
  const parts = evidenceOf(report).map(({ label, explanation, count: total, items }) => {
    const summary = [count(total), say(label), explanation === null ? '' : say(explanation)].join(' ')
    const list = items.map(({ text, detail }) =>
      element('li', escaped(`${text} ${typeof detail === 'string' ? detail : say(detail)}`.trim())),
    )
    return element('details', element('summary', escaped(summary.trim())) + element('ul', list.join('')))
  })
  const body = element('body', element('h1', escaped(title)) + parts.join('\n'))
  // The mark says that it is UTF-8.
  return `\uFEFF${element('html', element('head', element('title', escaped(title))) + body)}\n`
}

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
