import { ImportScreen } from '../import/ImportScreen.tsx'
import { JobsScreen } from '../jobs/JobsScreen.tsx'
import { ModelScreen } from '../model/ModelScreen.tsx'
import { OverviewScreen } from '../overview/OverviewScreen.tsx'
import { PluginsScreen } from '../plugins/PluginsScreen.tsx'
import { RecordsScreen } from '../records/RecordsScreen.tsx'
import { SettingsScreen } from '../settings/SettingsScreen.tsx'
import { useApp } from './stores-context.ts'

export function MainArea() {
  const location = useApp('view', (state) => state.location)
  switch (location.screen) {
    case 'overview':
      return <OverviewScreen />
    case 'model':
      return <ModelScreen table={location.table} relationship={location.relationship} />
    case 'records':
      return <RecordsScreen table={location.table} recordId={location.recordId} part={location.part ?? 'fields'} />
    case 'jobs':
      return <JobsScreen jobId={location.jobId} view={location.view ?? 'cascadeOperations'} />
    case 'plugins':
      return <PluginsScreen location={location} />
    case 'import':
      return <ImportScreen />
    case 'settings':
      return <SettingsScreen />
  }
}
