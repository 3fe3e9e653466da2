import { Blocks, X } from 'lucide-react'
import type { Plugin } from '#engine/contract/plugins'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import type { PluginAction } from '../../frame/stores/plugins.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { PermissionList } from './PermissionList.tsx'
import { PluginActions } from './PluginActions.tsx'
import { PluginFacts } from './PluginFacts.tsx'
import { PluginFiles } from './PluginFiles.tsx'
import { STATUS_MEANING, STATUS_TONE } from './plugin-words.ts'
import { StepList } from './StepList.tsx'

const REFUSED: Record<PluginAction, string> = {
  enable: 'The plug-in was not enabled',
  disable: 'The plug-in was not disabled',
  remove: 'The plug-in was not removed',
  develop: 'The setting was not changed',
}

export function PluginPage({ name }: { name: string }) {
  const store = useStore(pluginsStore)
  const plugin = useStoreState(pluginsStore, (state) => state.plugins?.find((one) => one.name === name))
  const isLoading = useStoreState(pluginsStore, (state) => state.plugins === null)
  const error = useStoreState(pluginsStore, (state) => state.error)
  const refused = useStoreState(pluginsStore, (state) => (state.refused?.plugin === name ? state.refused : null))
  if (plugin === undefined) {
    return (
      <Screen title={<Title name={name} />}>
        {error !== null && (
          <ErrorNotice
            error={error}
            title="The plug-in could not be read"
            action={<Button onClick={() => void store.getState().load()}>Try again</Button>}
          />
        )}
        {error === null && isLoading && <SkeletonLines lines={10} label="Loading the plug-in" />}
        {error === null && !isLoading && (
          <EmptyState icon={<Blocks size={28} />} title="This plug-in is not installed">
            It was removed, or belongs to another environment.
          </EmptyState>
        )}
      </Screen>
    )
  }
  return (
    <Screen
      title={<Title name={name} plugin={plugin} />}
      sentence={`Version ${plugin.version}, ${countOf(plugin.steps.length, 'step')}. ${STATUS_MEANING[plugin.status]}`}
      actions={<PluginActions plugin={plugin} />}
    >
      <PluginsTabs part="installed" />
      <div className="plugins-page">
        {refused !== null && (
          <ErrorNotice
            error={refused.error}
            title={REFUSED[refused.action]}
            action={
              <IconButton label="Dismiss" onClick={() => store.getState().dismissRefused()}>
                <X size={14} />
              </IconButton>
            }
          />
        )}
        <div className="plugins-columns">
          <div className="plugins-column">
            <section aria-label="Permissions">
              <h2 className="ui-heading">What it may do</h2>
              <PermissionList permissions={plugin.permissions} />
            </section>
            <section aria-label="Steps">
              <h2 className="ui-heading">Steps</h2>
              <StepList steps={plugin.steps} label={`Steps of ${name}`} />
            </section>
          </div>
          <PluginFacts plugin={plugin} />
        </div>
        <PluginFiles plugin={plugin} />
      </div>
    </Screen>
  )
}

function Title({ name, plugin }: { name: string; plugin?: Plugin }) {
  const view = useStore(viewStore)
  return (
    <>
      <button type="button" className="ui-crumb" onClick={() => view.getState().go({ screen: 'plugins', part: 'installed', plugin: null })}>
        Plug-ins
      </button>
      <span className="ui-muted" aria-hidden>
        /
      </span>
      <span className="plugins-title">{name}</span>
      {plugin !== undefined && <Badge tone={STATUS_TONE[plugin.status]}>{plugin.status}</Badge>}
      {plugin?.isDeveloped && <Badge hint="Changes in its folder are taken over.">develop</Badge>}
    </>
  )
}
