import { defineTexts, messagesOf } from '../message.ts'

/** Titles and file kinds of the system's dialogs. */
export const dialogTexts = defineTexts('dialog', {
  title: {
    environment: 'Open environment',
    newEnvironment: 'New environment',
    import: 'Import solution, metadata or data',
    importFolder: 'Import unpacked solution',
    csv: 'Import rows',
    plugin: 'Install plug-in',
    pluginFolder: 'Install plug-in from its folder',
  },
  files: {
    environment: 'Cascade environment',
    import: 'Solutions and exports',
    csv: 'Comma-separated values',
    plugin: 'Modules and packages',
    all: 'All files',
  },
})

export const dialogText = messagesOf(dialogTexts)
