import { Blocks } from 'lucide-react'
import type { AvailablePlugin } from '#contract'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { InstallButtons } from './InstallButtons.tsx'
import { InstallFromPath } from './InstallFromPath.tsx'
import { useInstall } from './use-install.ts'

/** Lists the plug-ins that can be installed with one click: the examples, and those in the user's folder. */
export function AvailableList() {
  const store = useStore(pluginsStore)
  const available = useStoreState(pluginsStore, (state) => state.available)
  const error = useStoreState(pluginsStore, (state) => state.availableError)
  const own = available?.plugins.filter(({ isBundled }) => !isBundled) ?? []
  return (
    <Screen title="Plug-ins" sentence="Nothing runs before you have seen what it asks for." actions={<InstallButtons />}>
      <PluginsTabs part="available" />
      <div className="plugins-available">
        {error !== null && (
          <ErrorNotice
            error={error}
            title="The plug-in folders could not be read"
            action={<Button onClick={() => void store.getState().loadAvailable()}>Try again</Button>}
          />
        )}
        {error === null && available === null && <SkeletonLines lines={8} label="Looking for plug-ins" />}
        {available !== null && (
          <>
            <Group
              title="Examples"
              sentence="They come with the product, are useful by themselves, and are what authors start from."
              plugins={available.plugins.filter(({ isBundled }) => isBundled)}
              none={
                <EmptyState icon={<Blocks size={28} />} title="No examples here">
                  This copy of the product came without its folder of examples.
                </EmptyState>
              }
            />
            <Group
              title="Your folder"
              sentence={
                <>
                  What lies in <span className="ui-mono plugins-path">{available.folder}</span>
                </>
              }
              plugins={own}
              none={
                <p className="ui-muted plugins-none">
                  Nothing yet. Put a plug-in’s folder, module file or .tgz there, or drop it on this window.
                </p>
              }
            />
            <InstallFromPath />
          </>
        )}
      </div>
    </Screen>
  )
}

interface GroupProps {
  title: string
  sentence: React.ReactNode
  plugins: AvailablePlugin[]
  none: React.ReactNode
}

function Group({ title, sentence, plugins, none }: GroupProps) {
  return (
    <section aria-label={title}>
      <h2 className="ui-heading">{title}</h2>
      <p className="ui-muted">{sentence}</p>
      {plugins.length === 0 ? (
        none
      ) : (
        <ul className="plugins-choices">
          {plugins.map((plugin) => (
            <Choice key={plugin.path} plugin={plugin} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Choice({ plugin }: { plugin: AvailablePlugin }) {
  const view = useStore(viewStore)
  const install = useInstall()
  const installed = useStoreState(pluginsStore, (state) => state.plugins?.find(({ name }) => name === plugin.name))
  return (
    <li className="plugins-choice">
      <div>
        <p className="plugins-choice-name">
          {plugin.name} {plugin.version !== null && <span className="ui-muted">{plugin.version}</span>}{' '}
          {installed !== undefined && <Badge tone="completed">{installed.version} is installed</Badge>}
        </p>
        {plugin.description !== null && <p>{plugin.description}</p>}
        <p className="ui-muted ui-small plugins-path">{plugin.path}</p>
      </div>
      {installed === undefined ? (
        <Button aria-label={`Install ${plugin.name}`} onClick={() => install(plugin.path)}>
          Install…
        </Button>
      ) : (
        <Button
          aria-label={`Open ${plugin.name}`}
          onClick={() => view.getState().go({ screen: 'plugins', part: 'installed', plugin: plugin.name })}
        >
          Open
        </Button>
      )}
    </li>
  )
}
