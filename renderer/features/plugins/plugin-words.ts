import type { MessageName, StageName } from '#engine/contract/messages'
import type { PluginStatus, PluginStep } from '#engine/contract/plugins'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import type { Phrase } from '#text/parameters'
import type { Tone } from '../../ui/Badge.tsx'
import { pluginsText } from './texts.ts'

const { step: text } = pluginsText

export const STATUS_TONE: Record<PluginStatus, Tone> = { Enabled: 'completed', Disabled: 'neutral', 'Waiting for agreement': 'held' }

/** A step before it is installed has no number and no plug-in yet. */
export type StepWords = Omit<PluginStep, 'number' | 'plugin'>

/** Returns the title of a step, in the platform's words. */
export function stepTitle({ stage, mode, message, table }: StepWords, nameOf: (table: string) => string): Message {
  const when = mode === 'Async' ? text.asynchronousStage({ stage }) : stage
  if (table !== null) return text.onTable({ when, message, table: nameOf(table) })
  return isOfJobs(message) ? text.ofJobs({ when, message }) : text.onEveryTable({ when, message })
}

/** Returns the other facts of a step's registration, each in a few words. */
export function stepFacts({ rank, filteringAttributes: filter, preImage, postImage, runAs }: StepWords): Message[] {
  return [
    text.rank({ rank }),
    ...(filter === null ? [] : [text.filter({ columns: filter.join(', '), count: filter.length })]),
    ...(preImage === null ? [] : [text.preImage({ columns: columnsOf(preImage) })]),
    ...(postImage === null ? [] : [text.postImage({ columns: columnsOf(postImage) })]),
    ...(runAs === 'CallingUser' ? [] : [text.runAs({ user: runAs === 'System' ? runAs : runAs.name })]),
  ]
}

const columnsOf = (image: string[] | true): Phrase => (image === true ? text.allColumns : image.join(', '))

/** Messages of cascade jobs, which belong to no table. */
export const isOfJobs = (message: MessageName): boolean => message.startsWith('cascadeAsync_')

export type Phase = StageName | 'MainOperation' | 'Asynchronous'

export const PHASES: readonly Phase[] = ['PreValidation', 'PreOperation', 'MainOperation', 'PostOperation', 'Asynchronous']

/** Returns the name of a phase. Stages go by the platform's names. */
export function phaseName(phase: Phase): Message {
  if (phase === 'MainOperation') return pluginsText.order.mainOperation
  return phase === 'Asynchronous' ? pluginsText.order.asynchronous : verbatim.text({ text: phase })
}

export const phaseOf = ({ stage, mode }: Pick<PluginStep, 'stage' | 'mode'>): Phase => (mode === 'Async' ? 'Asynchronous' : stage)
