import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { pipeline } from 'node:stream/promises'
import { EngineError } from '#engine/contract/errors'
import { storeError } from '#engine/store/store-error'
import { questionText } from '#text/english/questions'
import { logError } from '#text/log'
import { type FileUploaded, QUESTION_PATH, UPLOAD_PATH, type UploadStarted } from '../../preload/wire.ts'
import { pageHeaders } from '../pages/content-security-policy.ts'
import { findRendererFile } from '../pages/renderer-file.ts'
import type { ChosenFiles } from '../session/chosen-files.ts'
import type { Gate } from './gate.ts'
import { sendIntoApp, sendSentence } from './pages.ts'
import { sendAboutQuestion, sendQuestion } from './question-page.ts'
import type { Questions } from './questions.ts'
import { Refusal } from './refusal.ts'
import type { Uploads } from './uploads.ts'

export interface RequestContext {
  gate: Gate
  uploads: Uploads
  questions: Questions
  files: ChosenFiles
  rendererFolder: string
}

/** Answers an HTTP request: the one-time link, the app's files, uploads, and a refusal for everything else. */
export async function answerRequest(context: RequestContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(context, request, response)
  } catch (error) {
    if (response.destroyed) return // The browser has closed the connection.
    const refusal = refusalOf(error)
    if (refusal === undefined) logError(error)
    refuse(response, refusal ?? new Refusal(500, 'Something went wrong inside Cascade Workbench.'))
  }
}

/** Returns what the person can do something about; `undefined` for a defect. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const known = storeError(error, tmpdir())
  return known instanceof EngineError && known.code === 'STORE_FULL'
    ? new Refusal(507, `${known.message} ${known.hint ?? ''}`.trim())
    : undefined
}

async function route(context: RequestContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { gate } = context
  if (!gate.isForUs(request)) throw new Refusal(421, 'This address is not served here.')
  // Concatenated, because `//other/` as a relative URL would name another host.
  const url = request.url?.startsWith('/') ? URL.parse(gate.origin + request.url) : null
  if (!url) throw new Refusal(400, 'This is no address.')
  const question = idIn(url, QUESTION_PATH)
  // Sent by a page without an origin, so that it comes without the cookie: the page's key stands for it.
  if (question !== undefined && request.method === 'POST') return receiveAnswer(context.questions, question, request, response)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const token = url.pathname === '/' && request.method === 'GET' ? url.searchParams.get('token') : null
  if (token !== null) return enter(gate, token, request, response)
  if (!gate.hasSession(request)) {
    return sendSentence(response, 401, 'Open Cascade Workbench with the link that it printed when it started.')
  }
  if (question !== undefined && request.method === 'GET') return sendQuestion(response, context.questions.show(question, request))
  if (isRead) return sendFile(context, url.pathname, request, response)
  if (!gate.isFromOurPage(request)) throw new Refusal(403, 'Only the app itself may send this.')
  return receiveUpload(context, url, request, response)
}

/** Exchanges a link's token for the session cookie. A used link still works where the cookie is present, since people reload and go back. */
function enter(gate: Gate, token: string, request: IncomingMessage, response: ServerResponse): void {
  const cookie = gate.exchange(token)
  if (cookie !== undefined) sendIntoApp(response, cookie)
  else if (gate.hasSession(request)) response.writeHead(303, { Location: '/' }).end()
  else sendSentence(response, 403, 'This link was used already. Press Enter where Cascade Workbench was started to get a new one.')
}

async function sendFile(context: RequestContext, urlPath: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = await findRendererFile(context.rendererFolder, urlPath)
  // Browsers request this file by themselves and report its absence as an error.
  if (!file && urlPath === '/favicon.ico') {
    response.writeHead(204).end()
    return
  }
  if (!file) throw new Refusal(404, 'There is no such file.')
  const { origin } = context.gate
  response.writeHead(200, {
    ...pageHeaders([origin, origin.replace('http', 'ws')]),
    'Content-Type': file.contentType,
    'Content-Length': file.sizeBytes,
  })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file.path), response)
}

async function receiveUpload(
  { uploads, files }: RequestContext,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST' && url.pathname === UPLOAD_PATH) {
    return sendJson<UploadStarted>(response, { id: await uploads.start() })
  }
  const id = idIn(url, UPLOAD_PATH)
  if (request.method !== 'PUT' || id === undefined) throw new Refusal(405, 'This is not offered here.')
  const name = url.searchParams.get('name') ?? ''
  sendJson<FileUploaded>(response, files.give(await uploads.receive(id, name, request)))
}

const MAX_ANSWER_BYTES = 16_384

async function receiveAnswer(questions: Questions, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) throw new Refusal(413, 'This answer is too long.')
    chunks.push(chunk)
  }
  const again = questions.answer(id, new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
  if (again === null) sendAboutQuestion(response, questionText.page.answered)
  else sendQuestion(response, again)
}

/** Returns what follows a path in a URL, as in `/upload/<id>`. */
const idIn = ({ pathname }: URL, path: string): string | undefined =>
  pathname.startsWith(`${path}/`) ? pathname.slice(path.length + 1) : undefined

function sendJson<T>(response: ServerResponse, body: T): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
  response.end(JSON.stringify(body))
}

/** Answers with a refusal and closes the connection, because the request's body has not been read completely. */
function refuse(response: ServerResponse, { status, message }: Refusal): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', Connection: 'close' })
  response.end(message)
}
