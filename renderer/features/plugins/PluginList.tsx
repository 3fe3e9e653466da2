import { Blocks } from 'lucide-react'
import { useMemo } from 'react'
import type { Plugin } from '#engine/contract/plugins'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { Text } from '../../text/Text.tsx'
import { useWords, type Words } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { InstallButtons } from './InstallButtons.tsx'
import { STATUS_TONE } from './plugin-words.ts'
import { pluginsText } from './texts.ts'

const columnsIn = ({ say, count }: Words): RowGridColumn<Plugin>[] => [
  {
    key: 'name',
    label: say(pluginsText.column.name),
    width: 'minmax(200px, 2fr)',
    render: (plugin) => <span title={plugin.name}>{shortenMiddle(plugin.name, 64)}</span>,
  },
  {
    key: 'version',
    label: say(pluginsText.column.version),
    width: '88px',
    render: (plugin) => <span title={plugin.version}>{plugin.version}</span>,
  },
  {
    key: 'status',
    label: say(pluginsText.column.status),
    width: '212px',
    render: (plugin) => (
      <>
        <Badge tone={STATUS_TONE[plugin.status]} hint={say(pluginsText.statusMeaning[plugin.status])}>
          {say(pluginsText.status[plugin.status])}
        </Badge>{' '}
        {plugin.isDeveloped && <Badge hint={say(pluginsText.developHint)}>{say(pluginsText.develop)}</Badge>}
      </>
    ),
  },
  { key: 'steps', label: say(pluginsText.column.steps), width: '64px', align: 'end', render: (plugin) => count(plugin.steps.length) },
  {
    key: 'permissions',
    label: say(pluginsText.column.permissions),
    width: 'minmax(120px, 1.2fr)',
    render: ({ permissions }) =>
      permissions.length === 0 ? (
        <span className="ui-muted">{say(pluginsText.nothingBeyondRecords)}</span>
      ) : (
        permissions.map((permission) => say(pluginsText.permission[permission].listed)).join(', ')
      ),
  },
  {
    key: 'source',
    label: say(pluginsText.column.source),
    width: 'minmax(140px, 1.6fr)',
    render: (plugin) => <span title={plugin.source}>{shortenMiddle(plugin.source, 60)}</span>,
  },
  { key: 'updated', label: say(pluginsText.column.updated), width: '120px', render: (plugin) => <Time ms={plugin.updatedOnMs} /> },
]

export function PluginList() {
  const words = useWords()
  const { say } = words
  const columns = useMemo(() => columnsIn(words), [words])
  const store = useStore(pluginsStore)
  const view = useStore(viewStore)
  const plugins = useStoreState(pluginsStore, (state) => state.plugins)
  const error = useStoreState(pluginsStore, (state) => state.error)
  const place = useListPlace('plugins')
  return (
    <Screen fills title={say(pluginsText.title)} sentence={say(pluginsText.sentence)} actions={<InstallButtons />}>
      <PluginsTabs part="installed" />
      {error !== null && (
        <div className="plugins-message">
          <ErrorNotice
            error={error}
            title={say(pluginsText.notRead)}
            action={<Button onClick={() => void store.getState().load()}>{say(pluginsText.tryAgain)}</Button>}
          />
        </div>
      )}
      {error === null && plugins === null && (
        <div className="plugins-message">
          <SkeletonLines lines={6} label={say(pluginsText.loading)} />
        </div>
      )}
      {plugins?.length === 0 && (
        <EmptyState
          icon={<Blocks size={28} />}
          title={say(pluginsText.none)}
          action={
            <Button variant="primary" onClick={() => view.getState().go({ screen: 'plugins', part: 'available' })}>
              {say(pluginsText.seeExamples)}
            </Button>
          }
        >
          <Text of={pluginsText.noneSentence} tags={{ code: (inside) => <code className="ui-mono plugins-code">{inside}</code> }} />
        </EmptyState>
      )}
      {plugins !== null && plugins.length > 0 && (
        <div className="plugins-list">
          <RowGrid
            label={say(pluginsText.title)}
            minWidth={980}
            columns={columns}
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
