import { useApp } from '../app/stores-context.ts'
import { AgreeDialog } from '../plugins/AgreeDialog.tsx'
import { InstallDialog } from '../plugins/InstallDialog.tsx'
import { RemoveDialog } from '../plugins/RemoveDialog.tsx'
import { AssignDialog } from './AssignDialog.tsx'
import { CreateRecordDialog } from './CreateRecordDialog.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { GenerateDialog } from './GenerateDialog.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { NewEnvironmentDialog } from './NewEnvironmentDialog.tsx'
import { OpenEnvironmentDialog } from './OpenEnvironmentDialog.tsx'

/** At most one dialog; a new case of the union shows up here as a compile error. */
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
