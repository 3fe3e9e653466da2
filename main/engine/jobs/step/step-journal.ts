import type { ServiceCall } from '../../pipeline/pipeline.ts'
import type { Connection } from '../../store/connection.ts'
import type { StepJobRow } from '../../store/step-jobs.ts'
import { setStepJournal } from '../../store/step-jobs.ts'

interface Entry {
  /** What was asked for, so that a step which asks for something else this time is not given an old answer. */
  asked: string
  value: unknown
}

/**
 * An asynchronous step's requests commit one by one. Each is written down in the transaction of what it did, and a step that runs
 * again because the program ended in between is given the answers instead of having it all done a second time.
 */
export function journaled(connection: Connection, row: StepJobRow): (serve: ServiceCall) => ServiceCall {
  const entries = row.journal === null ? [] : (JSON.parse(row.journal) as Entry[])
  let place = 0
  return (serve) => (pipeline, call, method, args) => {
    // What steps ask for within one of these requests is part of it; reading leaves nothing behind.
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
