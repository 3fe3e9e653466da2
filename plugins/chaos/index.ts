import { definePlugin, InvalidPluginExecutionError, type Row, type StepDefinition } from '#plugin-api'
import { isChosen } from './choice.ts'
import { readSettings } from './settings.ts'

/** Fails on purpose: the same records every time, until they have recovered. */
export default definePlugin((configuration) => {
  const settings = readSettings(configuration)

  return {
    name: 'chaos',
    version: '1.0.0',
    apiVersion: 1,
    steps: settings.messages.map(
      (message): StepDefinition => ({
        message,
        ...(settings.table === null ? {} : { table: settings.table }),
        stage: settings.stage,
        ...(message === 'Create' ? {} : { preImage: true }),
        handler({ primaryEntityName, primaryEntityId, target, preImage, job, trace }) {
          // The row after the change, so that renaming a record can make it pass.
          const row: Row = message === 'Delete' ? { ...preImage } : { ...preImage, ...target }
          if (!isChosen(settings, primaryEntityId, row)) return
          if (settings.recoversAfter !== null && job && job.attempt > settings.recoversAfter)
            return trace(`Recovered after ${settings.recoversAfter} tries`)

          const text = `Chaos: ${message} of ${primaryEntityName} ${primaryEntityId} fails on purpose`
          throw settings.as === 'refusal' ? new InvalidPluginExecutionError(text) : new Error(text)
        },
      }),
    ),
  }
})
