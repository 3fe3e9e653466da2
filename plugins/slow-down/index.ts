import { definePlugin, type StepDefinition } from '#plugin-api'
import { readSettings } from './settings.ts'

/** Delays each record, like a step that does too much work. */
export default definePlugin((configuration) => {
  const { messages, table, stage, milliseconds } = readSettings(configuration)

  return {
    name: 'slow-down',
    version: '1.0.0',
    apiVersion: 1,
    steps: messages.map(
      (message): StepDefinition => ({
        message,
        ...(table === null ? {} : { table }),
        stage,
        handler({ trace }) {
          const startedMs = Date.now()
          // A synchronous step cannot wait asynchronously, so it blocks the record's transaction.
          while (Date.now() - startedMs < milliseconds);
          trace(`Took ${milliseconds} ms on purpose`)
        },
      }),
    ),
  }
})
