import type { MessageName, StageName } from '#engine/contract/messages'
import type { StepRun, StepTime } from '#engine/contract/trace'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import { frameText } from './texts.ts'

/** Returns whether a run succeeded and was rolled back with its transaction by another failure. */
export const isUndone = (run: StepRun): boolean => run.outcome === 'done' && !run.isCommitted

type StepPlace = Pick<StepTime, 'message' | 'stage' | 'table'>

/** `Update of account`. */
export const messageText = (message: MessageName, table: string | null): Message =>
  table === null ? verbatim.text({ text: message }) : frameText.messageOf({ message, table })

/** `Update of account, PreOperation`. */
export const stepText = ({ message, stage, table }: StepPlace): Message => frameText.step({ message: messageText(message, table), stage })

export const stepPlaceOf = ({ message, stage, record }: StepRun): { message: MessageName; stage: StageName; table: string | null } => ({
  message,
  stage,
  table: record?.table ?? null,
})

/** Returns the first line of a run's error or, without one, of its trace. */
export const firstLineOf = ({ error, trace }: Pick<StepRun, 'error' | 'trace'>): string => (error ?? trace).split('\n', 1)[0] ?? ''

/** Returns the place in the author's code where an error was thrown: `index.ts:12:9`. */
export function thrownAt(stack: string): string | null {
  const [, place] = /\(?((?:[\w./@-]+\/)?[\w.-]+\.(?:[cm]?[jt]s):\d+(?::\d+)?)\)?/.exec(stack) ?? []
  return place ?? null
}

/** Counts newer rows: `37 newer runs`, `200+ newer runs`. */
export const newerText = ({ count, isExact }: { count: number; isExact: boolean }, rows: 'runs' | 'jobs'): Message =>
  frameText[isExact ? 'newer' : 'newerAtLeast'][rows]({ count })
