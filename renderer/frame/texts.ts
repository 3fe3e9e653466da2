import { defineTexts, messagesOf } from '#text/message'

/** Texts that several features say. */
export const frameTexts = defineTexts('frame', {
  closePanel: 'Close panel',
  unexpected: 'Something went wrong inside the app: {reason}',
  unexpectedHint: 'This is a defect of the product; please report it with the details.',
  jobsHeldUp: 'System jobs are held up',
  usersNotRead: 'The users could not be read',
  linkCopied: 'Link copied',
  linkNotCopied: 'The link was not copied',
  fileNotChosen: 'The file was not chosen',
  byPath: 'By its path…',
  open: 'Open',
  reloaded: '{plugin} was reloaded from its folder',
  notReloaded: 'The changed {plugin} was not taken over; the version before goes on',
  question: {
    sentence: 'Answer on the page that has opened in a window of its own. This page cannot answer for you.',
    open: 'Open that page again',
    withdraw: 'Cancel',
  },
  /** Values of a Boolean column without labels of its own. */
  damaged: 'Damaged: {value}',
  yes: 'Yes',
  no: 'No',
  messageOf: '{message} of {table}',
  step: '{message}, {stage}',
  newer: {
    runs: '{count, plural, one {# newer run} other {# newer runs}}',
    jobs: '{count, plural, one {# newer job} other {# newer jobs}}',
  },
  /** Where counting stopped. */
  newerAtLeast: { runs: '{count, number}+ newer runs', jobs: '{count, number}+ newer jobs' },
  /** What is switched on in the faults panel, as part of a list. */
  fault: {
    slowMotion: 'slow motion, {seconds, plural, one {# second} other {# seconds}} a batch',
    failingBatch: 'batch {batch, number} fails',
    disabled: '{user} disabled',
    removed: '{user} removed',
  },
  notFound: {
    record: 'There is no such record',
    job: 'There is no such system job',
    run: 'There is no such run in the trace log',
    explanation: 'It was deleted, or the link comes from another environment.',
  },
  pluginsTabs: {
    label: 'Parts of Plug-ins',
    installed: 'Installed',
    available: 'Available',
    order: 'Order of execution',
    trace: 'Trace log',
  },
})

export const frameText = messagesOf(frameTexts)
