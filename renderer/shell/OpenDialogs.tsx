import { AssignDialog } from '../features/cascades/AssignDialog.tsx'
import { DeleteDialog } from '../features/cascades/DeleteDialog.tsx'
import { MergeDialog } from '../features/cascades/MergeDialog.tsx'
import { AgreeDialog } from '../features/plugins/AgreeDialog.tsx'
import { InstallDialog } from '../features/plugins/InstallDialog.tsx'
import { RemoveDialog } from '../features/plugins/RemoveDialog.tsx'
import { CreateRecordDialog } from '../features/records/CreateRecordDialog.tsx'
import { NewEnvironmentDialog } from '../features/start/NewEnvironmentDialog.tsx'
import { OpenEnvironmentDialog } from '../features/start/OpenEnvironmentDialog.tsx'
import { GenerateDialog } from '../features/transfer/GenerateDialog.tsx'
import { useApp } from '../frame/stores-context.ts'

/** Shows the open dialog, if any. A missing case of the union is a compile error. */
export function OpenDialogs() {
  const dialog = useApp('view', (state) => state.dialog)
  switch (dialog.kind) {
    case 'none':
      return null
    case 'assign':
      return <AssignDialog record={dialog.record} />
    case 'delete':
      return <DeleteDialog record={dialog.record} />
    case 'merge':
      return <MergeDialog first={dialog.first} second={dialog.second} />
    case 'createRecord':
      return <CreateRecordDialog table={dialog.table} />
    case 'generate':
      return <GenerateDialog table={dialog.table} />
    case 'newEnvironment':
      return <NewEnvironmentDialog sample={dialog.sample} />
    case 'openEnvironment':
      return <OpenEnvironmentDialog />
    case 'installPlugin':
      return <InstallDialog />
    case 'agreePlugin':
      return <AgreeDialog plugin={dialog.plugin} />
    case 'removePlugin':
      return <RemoveDialog plugin={dialog.plugin} />
  }
}
