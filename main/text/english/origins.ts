import { defineTexts, messagesOf } from '../message.ts'

/** Where the definition of a table or relationship comes from, and what is known of one that no source defines. */
export const originTexts = defineTexts('origin', {
  everyEnvironment: 'Part of every environment',
  sample: 'Sample data',
  scenario: 'Declared in a scenario',
  plugin: 'Named by a plug-in',
  platformDefaults: "the platform's defaults",
  partly: 'only partly described by {source}',
  listed: 'listed by the data package {source}',
  referredTo: 'other tables refer to it, and no source defines it',
  unknown: 'nobody defines it',
  named: '{reason}; named by {names}',
  namedByMore: '{reason}; named by {names}, …',
})

export const originText = messagesOf(originTexts)
