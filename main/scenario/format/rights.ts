import { choice, listOf } from '../shape.ts'

/** Rights that can be shared. */
export const RIGHTS = ['Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const

export const rightsShape = listOf('rights', choice(...RIGHTS))
