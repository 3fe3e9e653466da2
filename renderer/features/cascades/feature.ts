import './cascades.css'
import type { Feature } from '../../frame/feature.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { operationStore } from './stores/operation.ts'

/** Assign, delete and merge: the choices, and a preview of what they would change. */
export const cascades = {
  name: 'cascades',
  stores: [operationStore],
  dialogs: { assign: AssignDialog, delete: DeleteDialog, merge: MergeDialog },
} satisfies Feature
