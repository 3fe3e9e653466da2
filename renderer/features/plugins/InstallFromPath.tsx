import { useState } from 'react'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { pluginsText } from './texts.ts'
import { useInstall } from './use-install.ts'

/** Installs a plug-in by its path, for authors whose app runs in a browser: a folder can be watched only by its path. */
export function InstallFromPath() {
  const { say } = useWords()
  const install = useInstall()
  const [path, setPath] = useState('')
  return (
    <section aria-label={say(pluginsText.elsewhere.heading)}>
      <h2 className="ui-heading">{say(pluginsText.elsewhere.heading)}</h2>
      <form
        className="plugins-from-path"
        onSubmit={(event) => {
          event.preventDefault()
          install(path.trim())
        }}
      >
        <Field label={say(pluginsText.elsewhere.path)} hint={say(pluginsText.elsewhere.pathHint)}>
          {(id) => (
            <span className="plugins-path-line">
              <input id={id} className="ui-input" value={path} spellCheck={false} onChange={(event) => setPath(event.target.value)} />
              <Button type="submit" disabled={path.trim() === ''}>
                {say(pluginsText.elsewhere.look)}
              </Button>
            </span>
          )}
        </Field>
      </form>
    </section>
  )
}
