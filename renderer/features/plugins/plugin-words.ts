import type { MessageName, StageName } from '#engine/contract/messages'
import type { Permission, PluginStatus, PluginStep } from '#engine/contract/plugins'
import type { Tone } from '../../ui/Badge.tsx'
import { countOf, formatCount } from '../../ui/format.ts'

export const STATUS_TONE: Record<PluginStatus, Tone> = { Enabled: 'completed', Disabled: 'neutral', 'Waiting for agreement': 'held' }

export const STATUS_MEANING: Record<PluginStatus, string> = {
  Enabled: 'Its steps run.',
  Disabled: 'Its steps do not run.',
  'Waiting for agreement':
    'It came with this file and nobody on this computer has agreed to it. Until somebody agrees or disables it, operations that it would take part in are refused.',
}

/** Label and consequence of each permission, in plain words. */
export const PERMISSION_MEANING: Record<Permission, { label: string; meaning: string }> = {
  network: {
    label: 'Reach the network',
    meaning: 'Its asynchronous steps may send what they know to any address, and fetch from it.',
  },
  'fs:read': { label: 'Read files', meaning: 'It may read every file that you can read on this computer.' },
  'fs:write': { label: 'Write files', meaning: 'It may create, change and delete every file that you can.' },
  env: { label: 'Read environment variables', meaning: 'It sees this program’s variables; people keep keys and passwords there.' },
}

export const ASKS_FOR_NOTHING =
  'It asks for nothing beyond records: it reads and changes records of this environment, and reaches no files, no network and no environment variables.'

/** A step before it is installed has no number and no plug-in yet. */
export type StepWords = Omit<PluginStep, 'number' | 'plugin'>

/** Returns the title of a step, in the platform's words. */
export function stepTitle({ stage, mode, message, table }: StepWords, nameOf: (table: string) => string): string {
  const when = mode === 'Async' ? `${stage} (asynchronous)` : stage
  return table === null ? `${when} of ${message}${isOfJobs(message) ? '' : ' on every table'}` : `${when} of ${message} on ${nameOf(table)}`
}

/** Returns the other facts of a step's registration, each in a few words. */
export function stepFacts({ rank, filteringAttributes, preImage, postImage, runAs }: StepWords): string[] {
  return [
    `rank ${formatCount(rank)}`,
    ...(filteringAttributes === null
      ? []
      : [`when ${filteringAttributes.join(', ')} ${filteringAttributes.length === 1 ? 'is' : 'are'} in the request`]),
    ...(preImage === null ? [] : [`pre-image: ${imageText(preImage)}`]),
    ...(postImage === null ? [] : [`post-image: ${imageText(postImage)}`]),
    ...(runAs === 'CallingUser' ? [] : [`runs as ${runAs}`]),
  ]
}

const imageText = (image: string[] | true): string => (image === true ? 'all columns' : image.join(', '))

/** Messages of cascade jobs, which belong to no table. */
export const isOfJobs = (message: MessageName): boolean => message.startsWith('cascadeAsync_')

export type Phase = StageName | 'MainOperation' | 'Asynchronous'

export const PHASES: { phase: Phase; label: string; meaning: string }[] = [
  { phase: 'PreValidation', label: 'PreValidation', meaning: 'Before the transaction of a request begins; inside it for nested ones.' },
  { phase: 'PreOperation', label: 'PreOperation', meaning: 'In the transaction, before the record is written. May change the request.' },
  { phase: 'MainOperation', label: 'Main operation', meaning: 'The record is written, its cascade planned or applied.' },
  { phase: 'PostOperation', label: 'PostOperation', meaning: 'In the transaction, after the record was written.' },
  { phase: 'Asynchronous', label: 'Asynchronous', meaning: 'After the commit, each as a system job of its own.' },
]

export const phaseOf = ({ stage, mode }: Pick<PluginStep, 'stage' | 'mode'>): Phase => (mode === 'Async' ? 'Asynchronous' : stage)

export const filesText = (files: readonly { characters: number }[]): string =>
  `${countOf(files.length, 'file')}, ${countOf(
    files.reduce((sum, { characters }) => sum + characters, 0),
    'character',
  )}`
