import { defineTexts, messagesOf } from '../message.ts'

/** What the running app says: no open environment, a plug-in under development that changed. */
export const sessionTexts = defineTexts('session', {
  noEnvironment: 'No environment is open.',
  noEnvironmentHint: 'Open one of the recent environments, or create a new one.',
  fileNotChosen: 'This file is not known here: it was not chosen since Cascade Workbench started.',
  fileNotChosenHint: 'Choose it again, or drop it on the window.',
  notConfirmed: 'You did not allow what the plug-in {plugin} asks for, so nothing was changed.',
  notConfirmedHint: 'Try again and allow it, or install the plug-in disabled.',
  closing: 'Cascade Workbench is closing.',
  closingWaits: 'Closing waits for {work}.',
  otherName: 'The module that was installed as "{before}" now says that its name is "{now}".',
  otherNameHint: 'Give it its name back, or install "{now}" beside it.',
  asksForMore: 'The changed version of "{plugin}" asks for more than you agreed to: {permissions}.',
  asksForMoreHint: 'Open the plug-in and choose "Check for changes" to see the list and agree.',
})

export const sessionText = messagesOf(sessionTexts)
