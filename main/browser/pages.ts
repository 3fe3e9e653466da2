import type { ServerResponse } from 'node:http'
import { pageHeaders } from '../pages/content-security-policy.ts'

/** Answers with a page of one sentence, for visitors without a session. */
export function sendSentence(response: ServerResponse, status: number, sentence: string): void {
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cascade Workbench</title><p>${sentence}</p></html>`
  response.writeHead(status, { ...pageHeaders(["'none'"]), 'Content-Type': 'text/html; charset=utf-8' })
  response.end(text)
}

/**
 * Sets the session cookie and leads on to the app by a page that refreshes. A redirect would not work: if the link was clicked on another
 * site, browsers omit a SameSite=Strict cookie from the whole chain of redirects.
 */
export function sendIntoApp(response: ServerResponse, cookie: string): void {
  response.writeHead(200, {
    ...pageHeaders(["'none'"]),
    'Content-Type': 'text/html; charset=utf-8',
    'Set-Cookie': cookie,
  })
  response.end('<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Cascade Workbench</title>')
}
