import { defineTexts, messagesOf } from '../message.ts'

/** What the window says when the process of its page has gone, or hangs. */
export const lostPageTexts = defineTexts('lostPage', {
  gone: 'The window’s page has stopped working ({reason}).',
  hangs: 'The window’s page does not respond.',
  nothingLost: 'The environment and its jobs are not affected: what was saved is kept, and jobs go on. Loading the page again shows them.',
  reload: 'Load Again',
  wait: 'Wait',
  quit: 'Quit',
})

export const lostPageText = messagesOf(lostPageTexts)
