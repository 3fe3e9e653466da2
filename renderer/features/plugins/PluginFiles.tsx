import { useEffect, useState } from 'react'
import type { Plugin } from '#engine/contract/plugins'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { SourceText } from './SourceText.tsx'
import { pluginsText } from './texts.ts'

/** Shows the plug-in's files as they are stored in the environment. */
export function PluginFiles({ plugin }: { plugin: Plugin }) {
  const { say } = useWords()
  const plugins = useStore(pluginsStore)
  const loaded = useStoreState(pluginsStore, (state) =>
    state.files?.plugin === plugin.name && state.files.contentHash === plugin.contentHash ? state.files.files : null,
  )
  const error = useStoreState(pluginsStore, (state) => state.filesError)
  const [path, setPath] = useState<string | null>(null)
  const { name, contentHash } = plugin
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the contents are others, whatever else changes
  useEffect(() => void plugins.getState().loadFiles(plugin), [plugins, name, contentHash])
  const shown = loaded?.find((file) => file.path === (path ?? loaded[0]?.path)) ?? loaded?.[0]
  return (
    <section aria-label={say(pluginsText.files.heading)}>
      <h2 className="ui-heading">{say(pluginsText.files.heading)}</h2>
      {error !== null && (
        <ErrorNotice
          error={error}
          title={say(pluginsText.files.notRead)}
          action={<Button onClick={() => void plugins.getState().loadFiles(plugin)}>{say(pluginsText.tryAgain)}</Button>}
        />
      )}
      {loaded === null && error === null && <SkeletonLines lines={5} label={say(pluginsText.files.loading)} />}
      {loaded !== null && (
        <div className="plugins-reader">
          <ul className="plugins-reader-list">
            {loaded.map((file) => (
              <li key={file.path}>
                <button
                  type="button"
                  className="plugins-reader-file"
                  aria-current={file.path === shown?.path ? 'true' : undefined}
                  title={say(pluginsText.files.tooltip({ path: file.path, characters: file.content.length, sha256: file.sha256 }))}
                  onClick={() => setPath(file.path)}
                >
                  <span className="ui-mono">{shortenMiddle(file.path, 40)}</span>
                  <span className="ui-muted ui-mono ui-small">{file.sha256.slice(0, 12)}…</span>
                </button>
              </li>
            ))}
          </ul>
          {shown !== undefined && <SourceText key={shown.path} label={shown.path} text={shown.content} />}
        </div>
      )}
    </section>
  )
}
