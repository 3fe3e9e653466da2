import type { RecordEvent } from '../pipeline/record-event.ts'
import type { Work } from './context.ts'
import { writeColumns } from './update.ts'

/**
 * An assign to the present owner: nothing changes and nothing cascades, but steps see the request all the same, since they fire on
 * what is asked for. Source: dataverse reference, sections 1.7 and 5.2.
 */
export function runUnchangedRoot(work: Work, event: RecordEvent): void {
  work.pipeline.run(event, {
    main() {
      const { table, row } = event
      const { ownerid, ...rest } = event.columns ?? {}
      if (table && row !== null && Object.keys(rest).length > 0) writeColumns(work, event.call, table, row, rest)
    },
  })
}
