import { defineTexts, messagesOf } from '../message.ts'

/** What a system job says about itself, and why it cannot be moved or go on. */
export const jobTexts = defineTexts('job', {
  status: {
    Waiting: 'Waiting',
    'In Progress': 'In Progress',
    Completed: 'Completed',
    Paused: 'Paused',
    Failed: 'Failed',
    Cancelled: 'Cancelled',
  },
  moveRefused: 'The job {job} is {from} and cannot become {to}.',
  pausedMovesHint: 'Resume, re-execute or cancel it.',
  held: 'The job {job} came with the file from somebody else and is held.',
  heldHint: 'Look at the jobs of the file, then let them continue: cascade jobs ENVIRONMENT continue.',
  notPausedHint: 'Only a paused job can be resumed, re-executed or cancelled. Pause it first.',
  pausableHint: 'A job that waits, and a cascade between two batches, can be paused.',

  sentence: '{text}.',
  advised: '{error} {hint}',
  triedAgain: '{error} Try {tries, number} of {most, number} failed; the next follows in {seconds, number, ::group-off} seconds.',
  pausedAfter: '{error} Paused after {tries, plural, one {# try} other {# tries}}.',
  leftOut: '{record} was left out: {error}',
  halted: '{error} The job was stopped, so that others go on.',
  pausedBy: 'Paused by {user}{total, plural, =0 {} other { after {done, number} of {total, number} records}}.',
  accessRemoved: 'Inherited access was taken away {count, plural, one {once} other {# times}}',
  resumed: 'Resumed by {user}{total, plural, =0 {} other { after {done, number} of {total, number} records}}.',
  executedAgain: 'Executed again by {user}{total, plural, =0 {} other { after {done, number} of {total, number} records}}.',
  cancelled: 'Cancelled by {user}{total, plural, =0 {} other { after {done, number} of {total, number} records}}.',
  raised: '{message} was raised.',
  continuesAfter: 'The environment was closed while the job ran. It continues after record {position, number}.',
  passedOver: '{records, plural, one {# planned record was} other {# planned records were}} deleted or changed meanwhile and skipped.',

  waitsForTry: 'It waits for its next try at {time}. The last one ended in: {error}',
  waitsForJob: 'It waits for {job}, which comes before it.',
  waitsForTurn: 'It is next. It runs as long as the environment is open in the app or in a command that waits for jobs.',
  waitsForWriter: 'It waits for its turn to write: other work is writing.',
  waitsForThread: 'It waits for other work on its thread, such as an import.',
  waitsForEnvironment: 'It waits until the environment can be used again: {error}',

  workerFault: 'Fault: the worker thread was killed on purpose.',
  batchFault: 'Fault: batch {batch, number} was made to fail on purpose.',
  batchFaultHint: 'Switch the fault off, then resume the job.',
  authorHint: 'Enable or add the user again and resume the job, or cancel it and let somebody else start it.',
  stepGone: 'The step did not run: the plug-in {plugin} is not enabled any more, or has no such step.',
  stepGoneHint: 'Steps of a disabled or removed plug-in do not run.',
  stepUserHint: 'Enable or add the user again.',

  pageOfJobs: 'A page of system jobs holds 1 to 1,000 jobs.',
  nothingToDo: 'Nothing would change, so there is no work for a job.',
})

export const jobText = messagesOf(jobTexts)

/** The name of each status of a job. */
export const jobStatus = jobText.status
