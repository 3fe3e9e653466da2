import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { inEnglish } from '#text/english'
import { questionText } from '#text/english/questions'
import type { Message } from '#text/message'
import { pageHeaders } from '../pages/content-security-policy.ts'
import type { QuestionPage } from './questions.ts'

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
  h1 { font-size: 1.4rem; }
  bdi, code { overflow-wrap: anywhere; }
  input[name=path] { box-sizing: border-box; width: 100%; font: inherit; padding: .4rem; }
  button { font: inherit; padding: .4rem 1rem; margin-right: .5rem; }
  [role=alert] { color: light-dark(#b00020, #ff8a80); }
`

/**
 * Headers of the pages on which the host asks. The sandbox gives such a page an origin of its own, so that the app's page cannot reach
 * into it, and the other opener policy leaves no way between the two windows. It runs no script and is shown in no frame.
 */
const HEADERS = {
  ...pageHeaders(["'none'"]),
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    'sandbox allow-forms',
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'unsafe-none',
  'X-Frame-Options': 'DENY',
  'Content-Type': 'text/html; charset=utf-8',
}

/** Answers with the page of a question, whose form sends the answer to the page's own address. */
export function sendQuestion(response: ServerResponse, { question, key, problem, path: written }: QuestionPage): void {
  const { permissions, path } = questionText
  const alert = problem === null ? '' : `<p role="alert">${say(problem)}</p>`
  const buttons = (yes: Message, no: Message) =>
    `<p><button name="answer" value="yes">${say(yes)}</button> <button name="answer" value="no" formnovalidate>${say(no)}</button></p>`
  const form = (title: Message, inside: string) =>
    page(title, `<form method="post"><input type="hidden" name="key" value="${key}">${inside}</form>`)
  if (question.kind === 'permissions') {
    const { plugin, version, source, permissions: asked, contentHash, isDeveloped } = question.about
    const inside = [
      `<p>${say(permissions.plugin({ plugin, version, source }))}</p>`,
      `<p>${say(permissions.asks)}</p>`,
      `<ul>${asked.map((permission) => `<li><strong>${say(permissions.permission[permission])}</strong></li>`).join('')}</ul>`,
      isDeveloped ? `<p>${say(permissions.developed)}</p>` : '',
      `<p><small>${say(permissions.hash({ hash: contentHash }))}</small></p>`,
      `<p><label><input type="checkbox" name="understood" required> ${say(permissions.understood)}</label></p>`,
      buttons(permissions.allow, permissions.refuse),
    ]
    send(response, form(permissions.title({ plugin }), inside.join('\n')))
    return
  }
  const inside = [
    alert,
    `<p><label>${say(path.label)}<br><input name="path" value="${escaped(written)}" required autofocus spellcheck="false"></label></p>`,
    `<p><small>${say(path.explanation)}</small></p>`,
    buttons(path.use, path.cancel),
  ]
  send(response, form(question.kind === 'save' ? path.save : path.open[question.file], inside.join('\n')))
}

/** Answers with a page of one sentence about a question. */
export const sendAboutQuestion = (response: ServerResponse, sentence: Message, status = 200): void =>
  send(response, page(sentence, ''), status)

function send(response: ServerResponse, html: string, status = 200): void {
  response.writeHead(status, HEADERS)
  response.end(html)
}

const page = (title: Message, inside: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say(questionText.page.product)}</title>` +
  `<style>${STYLE}</style><main><h1>${say(title)}</h1>${inside}</main></html>`

/** Says a message in HTML. Names of plug-ins and paths are other people's text: they stay apart from the sentence in whatever direction they run. */
const say = (message: Message): string => `<bdi>${escaped(inEnglish(message))}</bdi>`

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes markup, and replaces control characters and marks of direction, which could make a text look like another. */
const escaped = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
