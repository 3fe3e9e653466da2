import { defineTexts, messagesOf } from '../message.ts'

/** The platform's own texts, word for word; no language changes them. Source: dataverse reference, section 5.4. */
export const platformTexts = defineTexts('platform', {
  recordNotFound: '{table} With Id = {id} Does Not Exist',
})

export const platform = messagesOf(platformTexts)
