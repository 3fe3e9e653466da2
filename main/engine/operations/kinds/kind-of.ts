import type { CascadeOperation } from '../../contract/cascades.ts'
import { assign } from './assign.ts'
import { bulkDeletion } from './bulk-delete.ts'
import { deletion } from './delete.ts'
import { merge } from './merge.ts'
import type { OperationKind } from './operation-kind.ts'
import { reassign } from './reassign.ts'
import { modifyAccess, share, unshare } from './share.ts'

const KINDS = {
  Assign: assign,
  Delete: deletion,
  Merge: merge,
  Reassign: reassign,
  BulkDelete: bulkDeletion,
  Share: share,
  Unshare: unshare,
  ModifyAccess: modifyAccess,
} satisfies Record<CascadeOperation, OperationKind>

/** Returns what is special about an operation. */
export const kindOf = (operation: CascadeOperation): OperationKind => KINDS[operation]
