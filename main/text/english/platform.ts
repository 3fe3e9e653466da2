import { defineTexts, messagesOf } from '../message.ts'

/** The platform's own texts, word for word; no language changes them. Source: dataverse reference, section 5.4. */
export const platformTexts = defineTexts('platform', {
  userDisabled: 'The specified user {user} is either disabled or is not a member of any business unit.',
  unexpectedIsvError: 'An unexpected error occurred from ISV code. Plug-in {step}: {reason}',
  stepTimeout:
    'The plug-in execution failed because the operation has timed-out: plug-in {step} was stopped after {seconds, number} seconds.',
  infiniteLoop:
    'This workflow job was canceled because the workflow that started it included an infinite loop: a request would be more than {maxDepth, number} deep. The chain of plug-ins: {chain}.',
  recordNotFound: '{table} With Id = {id} Does Not Exist',
})

export const platform = messagesOf(platformTexts)
