import { defineTexts, messagesOf } from '#text/message'

export const uiTexts = defineTexts('ui', {
  close: 'Close',
  clearSearch: 'Clear search',
  copied: 'Copied',
  copyId: 'Copy id {id}',
  nothingMatches: 'Nothing matches.',
  progress: '{done, number} of {total, number}',
  search: 'Search',
  searchFor: 'Search: {label}',
  searching: 'Searching…',
})

export const ui = messagesOf(uiTexts)
