import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { basename, isAbsolute, join } from 'node:path'
import { inEnglish } from '#text/english'
import { questionText } from '#text/english/questions'
import type { Message } from '#text/message'
import { QUESTION_PATH } from '../../preload/wire.ts'
import type { Dialogs } from '../ipc/method.ts'
import type { PermissionQuestion } from '../session/session-plugins.ts'
import { isSame } from './gate.ts'
import { Refusal } from './refusal.ts'

/** What is asked on a page of this host's own. */
export type Question =
  | { kind: 'permissions'; about: PermissionQuestion }
  | { kind: 'open'; file: Parameters<Dialogs['chooseOpen']>[0]['kind'] }
  | { kind: 'save'; suggested: string }

/** A window of the app that asks. */
export interface AskingWindow {
  /** Tells the window the address of its open question, or `null` when there is none any more. */
  announce(url: string | null): void
}

/** What a page of a question shows. */
export interface QuestionPage {
  question: Question
  /** Needed to answer. Each time that the page is shown it has another one. */
  key: string
  problem: Message | null
  /** What the field for a path holds. */
  path: string
}

/**
 * Questions that the host asks on pages of its own. The app's page knows the address of a question and could request it, but it gets
 * no answer's key: the page is given to navigations of a whole window only, and its origin is opaque, so no script reads it.
 */
export interface Questions {
  /** Returns how one window asks. A window asks one question at a time; `leave` cancels it. */
  forWindow(window: AskingWindow): Dialogs & { leave(): void }
  /** Returns the page of an open question. @throws Refusal */
  show(id: string, request: IncomingMessage): QuestionPage
  /** Takes an answer. Returns the page again with a problem, or null when the question is answered. @throws Refusal */
  answer(id: string, form: URLSearchParams): QuestionPage | null
}

interface OpenQuestion {
  question: Question
  key: string | null
  settle(answer: string | null): void
}

/** Creates the questions of one host. `folder` is suggested for new environments. */
export function createQuestions(folder: string): Questions {
  const open = new Map<string, OpenQuestion>()

  const withKey = (pending: OpenQuestion, problem: Message | null, path: string): QuestionPage => {
    pending.key = secret()
    return { question: pending.question, key: pending.key, problem, path }
  }
  const pendingOf = (id: string): OpenQuestion => {
    const pending = open.get(id)
    if (pending === undefined) throw new Refusal(404, inEnglish(questionText.page.over))
    return pending
  }
  return {
    forWindow(window) {
      let current: OpenQuestion | null = null
      const ask = (question: Question): Promise<string | null> => {
        current?.settle(null)
        const id = secret()
        const { promise, resolve } = Promise.withResolvers<string | null>()
        const pending: OpenQuestion = {
          question,
          key: null,
          settle(answer) {
            open.delete(id)
            if (current === pending) current = null
            window.announce(null)
            resolve(answer)
          },
        }
        current = pending
        open.set(id, pending)
        window.announce(`${QUESTION_PATH}/${id}`)
        return promise
      }
      const leave = () => current?.settle(null)
      return {
        chooseOpen: ({ kind }) => ask({ kind: 'open', file: kind }),
        chooseSave: ({ suggestedName }) => ask({ kind: 'save', suggested: join(folder, basename(suggestedName)) }),
        confirmPermissions: async (about) => (await ask({ kind: 'permissions', about })) === ALLOWED,
        withdraw: leave,
        leave,
      }
    },
    show(id, request) {
      if (!isWholeWindow(request)) throw new Refusal(403, inEnglish(questionText.page.notByScript))
      const pending = pendingOf(id)
      return withKey(pending, null, pending.question.kind === 'save' ? pending.question.suggested : '')
    },
    answer(id, form) {
      const pending = pendingOf(id)
      if (pending.key === null || !isSame(pending.key, form.get('key') ?? '')) throw new Refusal(403, inEnglish(questionText.page.over))
      const answer = answerIn(pending.question, form)
      if (answer !== null && typeof answer === 'object') return withKey(pending, answer.problem, pathIn(form))
      pending.settle(answer)
      return null
    },
  }
}

const ALLOWED = 'allowed'

/** Returns the answer in a form, null if it is a no, or why it cannot be taken. */
function answerIn({ kind }: Question, form: URLSearchParams): string | null | { problem: Message } {
  if (form.get('answer') !== 'yes') return null
  if (kind === 'permissions') return form.get('understood') === 'on' ? ALLOWED : null
  const path = pathIn(form)
  if (!isAbsolute(path) || path.includes('\0')) return { problem: questionText.path.notWhole }
  if (kind === 'open' && !existsSync(path)) return { problem: questionText.path.missing }
  return path
}

const pathIn = (form: URLSearchParams): string => (form.get('path') ?? '').trim()

/** Returns whether a browser shows the answer in a window or tab of its own. Scripts cannot set these headers. */
const isWholeWindow = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document' && headers['service-worker'] === undefined

const secret = (): string => randomBytes(24).toString('base64url')
