import { inEnglish } from '#text/english'
import { jobText } from '#text/english/jobs'
import type { Message } from '#text/message'
import type { EngineError } from '../contract/errors.ts'
import { messageOf } from '../contract/errors.ts'
import type { Connection } from '../store/connection.ts'
import { systemJobStatements } from '../store/system-jobs.ts'

/** Keeps what went wrong with a job's last try; `null` once a later one went well. */
export function writeJobError(connection: Connection, number: number, error: EngineError | null): void {
  const friendly = error?.hint ? `${inEnglish(asSentence(messageOf(error)))} ${error.hint}` : error?.message
  systemJobStatements(connection).setError.run(error?.message ?? null, friendly ?? null, error?.platformCode ?? null, number)
}

/** Ends a message with a full stop: the words of a plug-in may lack one. */
export const asSentence = (text: Message): Message => (/[.!?…]$/.test(inEnglish(text)) ? text : jobText.sentence({ text }))
