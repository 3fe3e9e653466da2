import { JobsScreen } from '../features/jobs/JobsScreen.tsx'
import { ModelScreen } from '../features/model/ModelScreen.tsx'
import { OverviewScreen } from '../features/overview/OverviewScreen.tsx'
import { PluginsScreen } from '../features/plugins/PluginsScreen.tsx'
import { RecordsScreen } from '../features/records/RecordsScreen.tsx'
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx'
import { ImportScreen } from '../features/transfer/ImportScreen.tsx'
import { useApp } from '../frame/stores-context.ts'

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
