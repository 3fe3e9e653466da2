import { defineTexts, messagesOf } from '../message.ts'

/** What long work is doing. */
export const progressTexts = defineTexts('progress', {
  reading: 'Reading {source}',
  applyingModel: 'Applying the model',
  writingRecords: 'Writing records',
  writingTable: 'Writing {table}',
  generating: 'Generating records',
})

export const progressText = messagesOf(progressTexts)
