import { Combine, Pencil, Trash2, UserRoundPen } from 'lucide-react'
import type { TableDefinition } from '#engine/model'
import { SidePanel } from '../app/Screen.tsx'
import { useApp, useStores } from '../app/stores-context.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { Guid } from '../ui/Guid.tsx'
import { SkeletonLines } from '../ui/Skeleton.tsx'
import { ChildrenList } from './ChildrenList.tsx'
import { rowName } from './cell-text.ts'
import { FieldList } from './FieldList.tsx'
import { RecordForm } from './RecordForm.tsx'

/** The record that was opened: fields, children, and what can be done with it. */
export function RecordPanel({ table, id }: { table: TableDefinition; id: string }) {
  const { view, openRecord } = useStores()
  const row = useApp('openRecord', (state) => state.row)
  const error = useApp('openRecord', (state) => state.error)
  const editing = useApp('openRecord', (state) => state.draft !== null)
  const record = { table: table.logicalName, id }
  const { openDialog, go } = view.getState()
  const title = row === null || row.id !== id ? (table.displayName ?? table.logicalName) : rowName(table, row)
  return (
    <SidePanel
      label={`Record ${title}`}
      title={title}
      onClose={() => go({ screen: 'records', table: table.logicalName, recordId: null })}
      actions={
        <>
          <Button
            icon={<UserRoundPen size={14} />}
            disabled={table.ownership !== 'UserOwned'}
            title={table.ownership === 'UserOwned' ? undefined : 'Rows of this table have no owner'}
            onClick={() => openDialog({ kind: 'assign', record })}
          >
            Assign
          </Button>
          <Button icon={<Trash2 size={14} />} onClick={() => openDialog({ kind: 'delete', record })}>
            Delete
          </Button>
          {table.mergeable && (
            <Button icon={<Combine size={14} />} onClick={() => openDialog({ kind: 'merge', first: record, second: null })}>
              Merge
            </Button>
          )}
          {!editing && (
            <Button icon={<Pencil size={14} />} disabled={row === null} onClick={() => openRecord.getState().edit()}>
              Edit
            </Button>
          )}
        </>
      }
    >
      {error !== null && (
        <ErrorNotice
          error={error}
          title="The record could not be read"
          action={<Button onClick={() => void openRecord.getState().reload()}>Try again</Button>}
        />
      )}
      {error === null && (row === null || row.id !== id) && <SkeletonLines lines={10} label="Loading the record" />}
      {row !== null && row.id === id && (
        <>
          <p className="records-id">
            {table.displayName ?? table.logicalName} <Guid value={id} />
          </p>
          {editing ? <RecordForm table={table} row={row} /> : <FieldList table={table} row={row} />}
          {!editing && <ChildrenList record={record} />}
        </>
      )}
    </SidePanel>
  )
}
