import { defineTexts, messagesOf } from '#text/message'

export const shellTexts = defineTexts('shell', {
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', system: 'As the system' },
  language: 'Language',
  command: {
    heading: 'Commands',
    copyLink: 'Copy link to this place',
    theme: { light: 'Theme: light', dark: 'Theme: dark', system: 'Theme: as the system' },
    language: 'Language: {language}',
    openLink: 'Open this link',
  },
  sections: 'Sections',
  starting: 'Starting Cascade Workbench…',
  noAnswer: 'Cascade Workbench did not answer',
  tryAgain: 'Try again',
  lost: {
    title: 'Cascade Workbench does not answer.',
    explanation:
      'What you typed stays here, and this page goes on by itself as soon as it answers again. If it was closed, start it again; if it starts with another address, use the link that it prints.',
  },
  closingWaits: 'Closing. It waits for {work}.',
  keepsAsking: 'This page keeps asking, and opens as soon as there is an answer.',
  drop: 'Drop a solution, a data package, a CSV file, a plug-in or a .cascade environment',
  /** Name of the source that several dropped files become. */
  droppedFiles: 'Dropped files',
  droppedFolder: 'The folder',
  noFiles: '{folder} holds no files.',
  notOpened: '{file} was not opened',
  notOpenedSince: '{file} was not opened: {reason}',
  environment: {
    none: 'No environment',
    create: 'New environment…',
    open: 'Open environment…',
    import: 'Import a solution or data…',
    recent: 'Recent',
    close: 'Close environment',
  },
  titleBar: {
    back: 'Back',
    forward: 'Forward',
    copyLink: 'Copy link',
    copyLinkHint: 'Copy a link to this place',
    search: 'Search tables, records, jobs, commands',
    faults: 'Faults',
    faultsHint: 'Faults: make things go wrong on purpose',
    workAs: 'Work as',
    worksAs: 'Work as {user}',
    nobody: 'nobody',
    chooseUser: 'Choose a user',
    disabled: 'disabled',
  },
  palette: {
    label: 'Search everything',
    placeholder: 'Search tables, relationships, records, jobs, commands',
    nothing: 'Nothing matches “{search}”.',
  },
  fileNotes: {
    label: 'About this file',
    heldJobs:
      '{count, plural, one {# job came with this file from somebody else and is held.} other {# jobs came with this file from somebody else and are held.}}',
    showJobs: 'Show the jobs',
    continueJobs: 'Let them continue',
    notContinued: 'The jobs were not continued',
  },
  notices: { label: 'Notifications', dismiss: 'Dismiss' },
  nowhere: {
    title: 'Not found',
    heading: 'This link leads nowhere',
    explanation: 'There is no place “{path}” in this app. The link is incomplete, or was made by another version.',
    goToOverview: 'Go to Overview',
  },
  status: {
    nothing: 'Nothing is running',
    moreJobs: '{count, plural, one {# more job} other {# more jobs}}',
    pausedJobs: '{count, plural, one {# paused job} other {# paused jobs}}',
    faults: '{count, plural, one {# fault on} other {# faults on}}',
    fault: '1 fault on: {fault}',
    planning: 'planning',
    progress: '{done, number} of {total, number}',
    nextTry: 'next try in <time></time>',
    speed: '{count, number}/s',
    lastError: '{title}: {reason}',
    dismissLastError: 'Dismiss the last error',
  },
})

export const shellText = messagesOf(shellTexts)
