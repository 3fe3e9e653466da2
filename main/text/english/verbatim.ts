import { defineTexts, messagesOf } from '../message.ts'

/** Texts that are not ours, shown as they are: a plug-in's message, a system's, one that an older version kept as a sentence. */
export const verbatimTexts = defineTexts('verbatim', { text: '{text}' })

export const verbatim = messagesOf(verbatimTexts)
