import { recordName } from '../format/names-in-text.ts'
import { rightsShape } from '../format/rights.ts'
import { fields, located, text } from '../shape.ts'
import type { RequestMaker } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

const shareShape = fields('share', { record: recordName, with: located(text('a user or team')), rights: rightsShape }, {})

/** Shares a record with a user or team. */
export const share = defineOperation({
  key: 'share',
  shape: shareShape,
  check(stated, names): RequestMaker {
    const key = names.row(stated.record)
    const sharee = names.principal(stated.with)
    return (aliases) => ({ operation: 'Share', record: aliases.refOf(key), with: aliases.refOf(sharee), rights: stated.rights })
  },
  run: runCascade,
})
