import { defineTexts, messagesOf } from '../message.ts'

/** Entries of the window's own menu; `&` stands before the letter that opens one. */
export const menuTexts = defineTexts('menu', {
  file: '&File',
  openEnvironment: 'Open Environment…',
  importFile: 'Import File…',
  importFolder: 'Import Folder…',
  showInFolder: 'Show Environment in Its Folder',
  view: '&View',
})

export const menuText = messagesOf(menuTexts)
