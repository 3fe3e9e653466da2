import { defineTexts, messagesOf } from '../message.ts'

/** What the host itself asks: in the system's dialog, or on a page of the browser host. */
export const questionTexts = defineTexts('question', {
  permissions: {
    title: 'Allow {plugin} what it asks for?',
    plugin: '{plugin} {version}, from {source}',
    asks: 'The plug-in asks for permissions beyond the records of the environment:',
    permission: {
      'fs:read': 'read files on this computer',
      'fs:write': 'write and delete files on this computer',
      network: 'use the network',
      env: 'read the environment variables of this process',
    },
    developed: 'It is followed in its folder: changed files run without a further question, unless they ask for more.',
    hash: 'SHA-256 of what was shown: {hash}',
    understood: 'I trust this plug-in',
    allow: 'Allow',
    refuse: 'Do not allow',
  },
  path: {
    open: {
      environment: 'Which environment is to be opened?',
      import: 'Which file is to be imported?',
      importFolder: 'Which folder is to be imported?',
      csv: 'Which file has the rows?',
      plugin: 'Which module or package is the plug-in?',
      pluginFolder: 'Which folder, module or package is the plug-in?',
    },
    save: 'Where is the new environment to be made?',
    label: 'Path on this computer',
    explanation: 'The app learns of this file and of no other.',
    notWhole: 'Write the whole path, from the root of the file system.',
    missing: 'There is no such file or folder.',
    use: 'Use this path',
    cancel: 'Cancel',
  },
  page: {
    product: 'Cascade Workbench',
    answered: 'Answered. You can close this page and go back to the app.',
    over: 'This question is not open any more. Go back to the app and ask again.',
    notByScript: 'This page opens in a window of its own only. Open it by its link in the app.',
  },
})

export const questionText = messagesOf(questionTexts)
