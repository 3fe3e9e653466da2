import { defineTexts, messagesOf } from '../message.ts'

/** What stops the work on an open environment, and which faults can be set. */
export const workbenchTexts = defineTexts('workbench', {
  workerLost: 'A worker thread stopped: {reason}. Committed changes are kept, others were rolled back.',
  workerLostHint: 'Try again; a running job continues by itself.',
  exitCode: 'exit code {code}',
  cutOff: 'The environment was closed in the middle of its work. Committed changes are kept, others are lost.',
  cutOffHint: 'Start again; a running job continues by itself when the environment is opened.',
  stopped: 'You stopped this work. What it had not finished was undone.',
  underWay: {
    job: 'the current batch of the system job “{job}”',
    generate: 'records being generated',
    import: 'an import',
    preview: 'a preview',
  },
  closed: 'The environment was closed. A running job continues when it is opened again.',
  writing: 'Another operation has been writing for {seconds, plural, one {# second} other {# seconds}}.',
  writingHint: 'Wait until it is done, then try again.',
  delayOutOfRange: 'A delay for each batch is from 0 to {most, number} milliseconds.',
  batchesFromOne: 'Batches are numbered from 1.',
})

export const workbenchText = messagesOf(workbenchTexts)
