import { defineTexts, messagesOf } from '#text/message'

export const jobsTexts = defineTexts('jobs', {
  title: 'System jobs',
  goTo: 'Go to System jobs',
  goToEvents: 'Go to System events: asynchronous plug-in steps',
})

export const jobText = messagesOf(jobsTexts)
