import { Blocks } from 'lucide-react'
import type { AvailablePlugin } from '#contract'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { InstallButtons } from './InstallButtons.tsx'
import { InstallFromPath } from './InstallFromPath.tsx'
import { pluginIn } from './stores/plugin-install.ts'
import { pluginsText } from './texts.ts'
import { useInstall } from './use-install.ts'

/** Lists the plug-ins that can be installed with one click: the examples, and those in the user's folder. */
export function AvailableList() {
  const { say } = useWords()
  const store = useStore(pluginsStore)
  const available = useStoreState(pluginsStore, (state) => state.available)
  const error = useStoreState(pluginsStore, (state) => state.availableError)
  const own = available?.plugins.filter(({ isBundled }) => !isBundled) ?? []
  return (
    <Screen title={say(pluginsText.title)} sentence={say(pluginsText.available.sentence)} actions={<InstallButtons />}>
      <PluginsTabs part="available" />
      <div className="plugins-available">
        {error !== null && (
          <ErrorNotice
            error={error}
            title={say(pluginsText.available.notRead)}
            action={<Button onClick={() => void store.getState().loadAvailable()}>{say(pluginsText.tryAgain)}</Button>}
          />
        )}
        {error === null && available === null && <SkeletonLines lines={8} label={say(pluginsText.available.loading)} />}
        {available !== null && (
          <>
            <Group
              title={say(pluginsText.available.examples)}
              sentence={say(pluginsText.available.examplesSentence)}
              plugins={available.plugins.filter(({ isBundled }) => isBundled)}
              none={
                <EmptyState icon={<Blocks size={28} />} title={say(pluginsText.available.noExamples)}>
                  {say(pluginsText.available.noExamplesSentence)}
                </EmptyState>
              }
            />
            <Group
              title={say(pluginsText.available.own)}
              sentence={
                <Text
                  of={pluginsText.available.ownSentence({ folder: available.folder })}
                  tags={{ path: (inside) => <span className="ui-mono plugins-path">{inside}</span> }}
                />
              }
              plugins={own}
              none={<p className="ui-muted plugins-none">{say(pluginsText.available.noOwn)}</p>}
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
  const { say } = useWords()
  const view = useStore(viewStore)
  const install = useInstall()
  const installed = useStoreState(pluginsStore, (state) => state.plugins?.find(({ name }) => name === plugin.name))
  return (
    <li className="plugins-choice">
      <div>
        <p className="plugins-choice-name">
          {plugin.name} {plugin.version !== null && <span className="ui-muted">{plugin.version}</span>}{' '}
          {installed !== undefined && (
            <Badge tone="completed">{say(pluginsText.available.isInstalled({ version: installed.version }))}</Badge>
          )}
        </p>
        {plugin.description !== null && <p translate="no">{plugin.description}</p>}
        <p className="ui-muted ui-small plugins-path">{plugin.path}</p>
      </div>
      {installed === undefined ? (
        <Button
          aria-label={say(pluginsText.available.installNamed({ plugin: plugin.name }))}
          onClick={() => install(pluginIn(plugin.file))}
        >
          {say(pluginsText.available.install)}
        </Button>
      ) : (
        <Button
          aria-label={say(pluginsText.available.openNamed({ plugin: plugin.name }))}
          onClick={() => view.getState().go({ screen: 'plugins', part: 'installed', plugin: plugin.name })}
        >
          {say(pluginsText.available.open)}
        </Button>
      )}
    </li>
  )
}
