import { defineTexts, messagesOf } from '#text/message'

export const overviewTexts = defineTexts('overview', {
  title: 'Overview',
  goTo: 'Go to Overview',
})

export const overviewText = messagesOf(overviewTexts)
