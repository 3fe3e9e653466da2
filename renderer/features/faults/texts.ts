import { defineTexts, messagesOf } from '#text/message'

export const faultsTexts = defineTexts('faults', {
  command: 'Faults: slow motion, failing batches, the worker, users',
  panel: {
    title: 'Faults',
    close: 'Close the faults',
    explanation: 'What goes wrong here goes wrong on purpose, to show what happens then.',
    notDone: 'That was not done',
    dismiss: 'Dismiss',
    on: 'Switched on',
    noneOn: 'Nothing is switched on.',
    allOff: 'Switch all faults off',
  },
  batches: {
    heading: 'Batches',
    slowMotion: 'Slow motion',
    slowMotionMeaning: 'Each batch holds its records for a while before it commits, so that others meet them as held.',
    off: 'off',
    delay: '{seconds, plural, one {# second} other {# seconds}}',
    delayShort: '{seconds, number} s a batch',
    fail: 'Make a batch fail',
    failMeaning: 'It fails at each try, until this is off: the job retries, then pauses.',
    failNumber: 'Number of the batch that fails',
  },
  worker: {
    heading: 'Batch worker',
    explanation: 'Its thread ends without warning. A new one takes over at the last committed batch.',
    kill: 'Kill the worker',
    killed: 'killed <time></time>',
  },
  user: {
    heading: 'Users',
    explanation: 'A job runs in the name of whoever started it, and pauses when that user cannot work any more.',
    chosen: 'User {user}',
    choose: 'Choose a user',
    isDisabled: 'disabled',
    disable: 'Disable user',
    remove: 'Remove user',
    changed: { disabled: '{user} <how>disabled</how>', removed: '{user} <how>removed</how>' },
    disabledBefore: '{user} <how>disabled before</how>',
    bringBack: { disabled: 'Enable {user}', removed: 'Add {user} again' },
  },
  record: {
    heading: 'A record meanwhile',
    explanation: 'Change or delete a record while a job is at work. Previews and dialogs go on working.',
    record: 'Record',
    find: 'Find a record',
    open: 'Open record',
    assign: 'Assign…',
    delete: 'Delete…',
  },
})

export const faultsText = messagesOf(faultsTexts)
