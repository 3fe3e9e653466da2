import { recordName } from '../format/names-in-text.ts'
import { rightsShape } from '../format/rights.ts'
import { fields, located, text } from '../shape.ts'
import type { RequestMaker } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

const modifyAccessShape = fields('modifyAccess', { record: recordName, with: located(text('a user or team')), rights: rightsShape }, {})

/** Replaces the rights with which a record is shared. */
export const modifyAccess = defineOperation({
  key: 'modifyAccess',
  shape: modifyAccessShape,
  check(stated, names): RequestMaker {
    const key = names.row(stated.record)
    const sharee = names.principal(stated.with)
    return (aliases) => ({ operation: 'ModifyAccess', record: aliases.refOf(key), with: aliases.refOf(sharee), rights: stated.rights })
  },
  run: runCascade,
})
