import { inEnglish } from '#text/english'
import { jobText } from '#text/english/jobs'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import { storedMessage } from '#text/stored-message'
import type { EngineError, ErrorData } from '../contract/errors.ts'
import { namedMessageOf } from '../contract/errors.ts'
import type { Connection } from '../store/connection.ts'
import { systemJobStatements } from '../store/system-jobs.ts'

/** Stores the error of a job's last try in words that name its record, with the number of the step run that it comes from; `null` once a later try went well. */
export function writeJobError(
  connection: Connection,
  number: number,
  error: EngineError | ErrorData | null,
  failedRun: number | null = null,
): void {
  const message = error && namedMessageOf(error)
  const hint = error?.hint ? (error.hintText ?? verbatim.text({ text: error.hint })) : null
  systemJobStatements(connection).setError.run({
    number,
    message: message && storedMessage(message),
    friendlymessage: message && storedMessage(hint ? jobText.advised({ error: asSentence(message), hint }) : message),
    errorcode: error?.platformCode ?? null,
    hint: hint && storedMessage(hint),
    record: error?.record ? JSON.stringify(error.record) : null,
    failed_run: failedRun,
  })
}

/** Ends a message with a full stop: the words of a plug-in may lack one. */
export const asSentence = (text: Message): Message => (/[.!?…]$/.test(inEnglish(text)) ? text : jobText.sentence({ text }))
