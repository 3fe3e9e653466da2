import { PathPicker } from '../../frame/PathPicker.tsx'
import { environmentStore } from '../../frame/stores/environment.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { pluginIn } from './stores/plugin-install.ts'
import { pluginsText } from './texts.ts'
import { useInstall } from './use-install.ts'

/** Installs a plug-in by its path, for authors whose app runs in a browser: a folder can be watched only by its path. */
export function InstallFromPath() {
  const { say } = useWords()
  const install = useInstall()
  const host = useStoreState(environmentStore, (state) => state.host)
  if (host !== 'browser') return null
  return (
    <section aria-label={say(pluginsText.elsewhere.heading)}>
      <h2 className="ui-heading">{say(pluginsText.elsewhere.heading)}</h2>
      <p className="ui-muted">{say(pluginsText.elsewhere.sentence)}</p>
      <div className="plugins-from-path">
        <PathPicker kind="pluginFolder" onFile={(file) => install(pluginIn(file))} />
      </div>
    </section>
  )
}
