import { ACCESS_RIGHTS } from '#engine/contract/security'
import { choice, listOf } from '../shape.ts'

/** Rights to a record, which can be shared. */
export const rightsShape = listOf('rights', choice(...ACCESS_RIGHTS))
