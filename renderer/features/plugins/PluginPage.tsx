import { Blocks, X } from 'lucide-react'
import type { Plugin } from '#engine/contract/plugins'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { PermissionList } from './PermissionList.tsx'
import { PluginActions } from './PluginActions.tsx'
import { PluginFacts } from './PluginFacts.tsx'
import { PluginFiles } from './PluginFiles.tsx'
import { STATUS_TONE } from './plugin-words.ts'
import { StepList } from './StepList.tsx'
import { pluginsText } from './texts.ts'

export function PluginPage({ name }: { name: string }) {
  const { say } = useWords()
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
            title={say(pluginsText.page.notRead)}
            action={<Button onClick={() => void store.getState().load()}>{say(pluginsText.tryAgain)}</Button>}
          />
        )}
        {error === null && isLoading && <SkeletonLines lines={10} label={say(pluginsText.page.loading)} />}
        {error === null && !isLoading && (
          <EmptyState icon={<Blocks size={28} />} title={say(pluginsText.page.notInstalled)}>
            {say(pluginsText.page.notInstalledSentence)}
          </EmptyState>
        )}
      </Screen>
    )
  }
  return (
    <Screen
      title={<Title name={name} plugin={plugin} />}
      sentence={say(
        pluginsText.page.sentence({
          version: plugin.version,
          steps: plugin.steps.length,
          meaning: pluginsText.statusMeaning[plugin.status],
        }),
      )}
      actions={<PluginActions plugin={plugin} />}
    >
      <PluginsTabs part="installed" />
      <div className="plugins-page">
        {refused !== null && (
          <ErrorNotice
            error={refused.error}
            title={say(pluginsText.refused[refused.action])}
            action={
              <IconButton label={say(pluginsText.page.dismiss)} onClick={() => store.getState().dismissRefused()}>
                <X size={14} />
              </IconButton>
            }
          />
        )}
        <div className="plugins-columns">
          <div className="plugins-column">
            <section aria-label={say(pluginsText.permissions)}>
              <h2 className="ui-heading">{say(pluginsText.page.permissions)}</h2>
              <PermissionList permissions={plugin.permissions} />
            </section>
            <section aria-label={say(pluginsText.steps.heading)}>
              <h2 className="ui-heading">{say(pluginsText.steps.heading)}</h2>
              <StepList steps={plugin.steps} label={say(pluginsText.steps.of({ plugin: name }))} />
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
  const { say } = useWords()
  const view = useStore(viewStore)
  return (
    <>
      <button type="button" className="ui-crumb" onClick={() => view.getState().go({ screen: 'plugins', part: 'installed', plugin: null })}>
        {say(pluginsText.title)}
      </button>
      <span className="ui-muted" aria-hidden>
        /
      </span>
      <span className="plugins-title">{name}</span>
      {plugin !== undefined && <Badge tone={STATUS_TONE[plugin.status]}>{say(pluginsText.status[plugin.status])}</Badge>}
      {plugin?.isDeveloped && <Badge hint={say(pluginsText.developHint)}>{say(pluginsText.develop)}</Badge>}
    </>
  )
}
