import { recordName } from '../format/names-in-text.ts'
import { fields, located, text } from '../shape.ts'
import type { RequestMaker } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

const unshareShape = fields('unshare', { record: recordName, with: located(text('a user or team')) }, {})

/** Takes back what a record was shared with. */
export const unshare = defineOperation({
  key: 'unshare',
  shape: unshareShape,
  check(stated, names): RequestMaker {
    const key = names.row(stated.record)
    const sharee = names.principal(stated.with)
    return (aliases) => ({ operation: 'Unshare', record: aliases.refOf(key), with: aliases.refOf(sharee) })
  },
  run: runCascade,
})
