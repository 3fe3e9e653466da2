import { defineTexts, messagesOf } from '#text/message'

export const faultsTexts = defineTexts('faults', {
  command: 'Faults: slow motion, failing batches, the worker, users',
})

export const faultsText = messagesOf(faultsTexts)
