import { defineTexts, messagesOf } from '#text/message'

export const startTexts = defineTexts('start', {
  newEnvironment: 'New environment',
  openEnvironment: 'Open environment',
  chooseFile: 'Choose…',
  close: 'Close',
  page: {
    title: 'Cascade Workbench',
    sentence:
      'Rehearse what assign, delete and merge do to a whole tree of records, before anyone does it for real. An environment is one file on this machine.',
    openSample: 'Open the sample',
    dismiss: 'Dismiss',
    drop: 'You can also drop a .cascade file, a solution, a data package or a plug-in anywhere on this window. Version {version}',
    recent: 'Recent environments',
    noneYet: 'None yet. The sample shows a small company with accounts, contacts and orders to try things on.',
    missing: 'file is missing',
    forget: 'Remove from this list',
  },
  creating: {
    /** Names the file of an environment. */
    defaultName: 'My environment',
    description: 'One file that holds the model, the records and the jobs.',
    working: 'Creating…',
    action: 'Create environment',
    notCreated: 'The environment was not created',
    name: 'Name',
    choosePlace: 'Choose place…',
    inFolder: 'Becomes a file in {folder}.',
    inChosenPlace: 'Becomes a file in the place that you chose.',
    placeNotChosen: 'The place was not chosen',
    sample: 'With sample data',
    sampleDescription:
      'A small company: accounts in a hierarchy, contacts, tasks, opportunities and orders, with the platform’s own relationships.',
  },
  opening: {
    description: 'Environments are files that end in .cascade. The one open now is closed first.',
    working: 'Opening…',
    notOpened: 'The environment was not opened',
    hint: 'You can also drop the file on the window.',
    copied: 'A chosen or dropped file is copied into the app’s own folder. By its path it is opened where it is.',
  },
})

export const startText = messagesOf(startTexts)
