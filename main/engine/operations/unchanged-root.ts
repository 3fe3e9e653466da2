import type { RecordEvent } from '../pipeline/record-event.ts'
import type { Work } from './context.ts'
import { splitUpdate } from './split-update.ts'
import { writeColumns } from './update.ts'

/**
 * Runs the steps of an assign to the present owner. Nothing changes or cascades, but steps listen to the request and not to the
 * change. Source: dataverse reference, sections 1.7 and 5.2.
 */
export function runUnchangedRoot(work: Work, event: RecordEvent): void {
  work.pipeline.run(event, {
    main() {
      const { table, row } = event
      const { others } = splitUpdate(event.columns ?? {})
      if (table && row !== null && Object.keys(others).length > 0) writeColumns(work, event.call, table, row, others)
    },
  })
}
