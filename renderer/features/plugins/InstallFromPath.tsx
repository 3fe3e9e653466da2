import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { useInstall } from './use-install.ts'

/** Installs a plug-in by its path, for authors whose app runs in a browser: a folder can be watched only by its path. */
export function InstallFromPath() {
  const install = useInstall()
  const [path, setPath] = useState('')
  return (
    <section aria-label="From elsewhere">
      <h2 className="ui-heading">From elsewhere</h2>
      <form
        className="plugins-from-path"
        onSubmit={(event) => {
          event.preventDefault()
          install(path.trim())
        }}
      >
        <Field
          label="Folder, module file or .tgz"
          hint="A whole path on this computer. What is installed by its path can be read again there when it changes."
        >
          {(id) => (
            <span className="plugins-path-line">
              <input id={id} className="ui-input" value={path} spellCheck={false} onChange={(event) => setPath(event.target.value)} />
              <Button type="submit" disabled={path.trim() === ''}>
                Look at it
              </Button>
            </span>
          )}
        </Field>
      </form>
    </section>
  )
}
