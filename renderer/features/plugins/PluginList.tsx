import { Blocks } from 'lucide-react'
import type { Plugin } from '#engine/contract/plugins'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatCount, shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { InstallButtons } from './InstallButtons.tsx'
import { PERMISSION_MEANING, STATUS_MEANING, STATUS_TONE } from './plugin-words.ts'

const COLUMNS: RowGridColumn<Plugin>[] = [
  {
    key: 'name',
    label: 'Name',
    width: 'minmax(200px, 2fr)',
    render: (plugin) => <span title={plugin.name}>{shortenMiddle(plugin.name, 64)}</span>,
  },
  { key: 'version', label: 'Version', width: '88px', render: (plugin) => <span title={plugin.version}>{plugin.version}</span> },
  {
    key: 'status',
    label: 'Status',
    width: '212px',
    render: (plugin) => (
      <>
        <Badge tone={STATUS_TONE[plugin.status]} hint={STATUS_MEANING[plugin.status]}>
          {plugin.status}
        </Badge>{' '}
        {plugin.isDeveloped && <Badge hint="Changes in its folder are taken over.">develop</Badge>}
      </>
    ),
  },
  { key: 'steps', label: 'Steps', width: '64px', align: 'end', render: (plugin) => formatCount(plugin.steps.length) },
  {
    key: 'permissions',
    label: 'May also',
    width: 'minmax(120px, 1.2fr)',
    render: ({ permissions }) =>
      permissions.length === 0 ? (
        <span className="ui-muted">nothing beyond records</span>
      ) : (
        permissions.map((permission) => PERMISSION_MEANING[permission].label.toLowerCase()).join(', ')
      ),
  },
  {
    key: 'source',
    label: 'Source',
    width: 'minmax(140px, 1.6fr)',
    render: (plugin) => <span title={plugin.source}>{shortenMiddle(plugin.source, 60)}</span>,
  },
  { key: 'updated', label: 'Updated', width: '120px', render: (plugin) => <Time ms={plugin.updatedOnMs} /> },
]

export function PluginList() {
  const store = useStore(pluginsStore)
  const view = useStore(viewStore)
  const plugins = useStoreState(pluginsStore, (state) => state.plugins)
  const error = useStoreState(pluginsStore, (state) => state.error)
  const place = useListPlace('plugins')
  return (
    <Screen
      fills
      title="Plug-ins"
      sentence="Modules that hook into each record’s transaction, as plug-in steps do on the platform. They belong to this environment and travel with its file."
      actions={<InstallButtons />}
    >
      <PluginsTabs part="installed" />
      {error !== null && (
        <div className="plugins-message">
          <ErrorNotice
            error={error}
            title="The plug-ins could not be read"
            action={<Button onClick={() => void store.getState().load()}>Try again</Button>}
          />
        </div>
      )}
      {error === null && plugins === null && (
        <div className="plugins-message">
          <SkeletonLines lines={6} label="Loading plug-ins" />
        </div>
      )}
      {plugins?.length === 0 && (
        <EmptyState
          icon={<Blocks size={28} />}
          title="No plug-ins yet"
          action={
            <Button variant="primary" onClick={() => view.getState().go({ screen: 'plugins', part: 'available' })}>
              See the examples
            </Button>
          }
        >
          Install one of the examples and assign a record: the trace log shows the step run. To write your own, run{' '}
          <code className="ui-mono plugins-code">npm run -s cascade -- plugin new my-plugin</code> and drop its folder here.
        </EmptyState>
      )}
      {plugins !== null && plugins.length > 0 && (
        <div className="plugins-list">
          <RowGrid
            label="Plug-ins"
            minWidth={980}
            columns={COLUMNS}
            count={plugins.length}
            itemAt={(row) => plugins[row]}
            {...place}
            onOpen={({ name }) => view.getState().go({ screen: 'plugins', part: 'installed', plugin: name })}
          />
        </div>
      )}
    </Screen>
  )
}
