import type { ServiceCall } from '../../pipeline/pipeline.ts'
import type { Connection } from '../../store/connection.ts'
import type { StepJobRow } from '../../store/step-jobs.ts'
import { setStepJournal } from '../../store/step-jobs.ts'

interface Entry {
  /** The request, so that a different request of a later run does not get this answer. */
  asked: string
  value: unknown
}

/**
 * Intercepts the requests of an asynchronous step, which commit one by one. Stores each with its answer in the same transaction, so that
 * a step that runs again after a crash gets the stored answers instead of executing the requests a second time.
 */
export function journaled(connection: Connection, row: StepJobRow): (serve: ServiceCall) => ServiceCall {
  const entries = row.journal === null ? [] : (JSON.parse(row.journal) as Entry[])
  let place = 0
  return (serve) => (pipeline, call, method, args) => {
    // Nested requests belong to the outer one, and reads change nothing.
    if (connection.db.inTransaction || method.startsWith('retrieve')) return serve(pipeline, call, method, args)
    const asked = JSON.stringify([method, args])
    const known = entries[place]
    if (known?.asked === asked) {
      place++
      return known.value
    }
    return connection.write(() => {
      const value = serve(pipeline, call, method, args)
      entries.splice(place++, entries.length, { asked, value })
      setStepJournal(connection, row.number, JSON.stringify(entries))
      return value as never
    })
  }
}
