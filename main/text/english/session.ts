import { defineTexts, messagesOf } from '../message.ts'

/** What the running app says: no open environment, a plug-in under development that changed. */
export const sessionTexts = defineTexts('session', {
  noEnvironment: 'No environment is open.',
  noEnvironmentHint: 'Open one of the recent environments, or create a new one.',
  closing: 'Cascade Workbench is closing.',
  otherName: 'The module that was installed as "{before}" now says that its name is "{now}".',
  otherNameHint: 'Give it its name back, or install "{now}" beside it.',
  asksForMore: 'The changed version of "{plugin}" asks for more than you agreed to: {permissions}.',
  asksForMoreHint: 'Open the plug-in and choose "Check for changes" to see the list and agree.',
})

export const sessionText = messagesOf(sessionTexts)
