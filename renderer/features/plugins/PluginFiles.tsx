import { useEffect, useState } from 'react'
import type { Plugin } from '#engine/contract/plugins'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatCount, shortenMiddle } from '../../ui/format.ts'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { SourceText } from './SourceText.tsx'

/** Shows the plug-in's files as they are stored in the environment. */
export function PluginFiles({ plugin }: { plugin: Plugin }) {
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
    <section aria-label="Files">
      <h2 className="ui-heading">Files</h2>
      {error !== null && (
        <ErrorNotice
          error={error}
          title="The files could not be read"
          action={<Button onClick={() => void plugins.getState().loadFiles(plugin)}>Try again</Button>}
        />
      )}
      {loaded === null && error === null && <SkeletonLines lines={5} label="Loading the files" />}
      {loaded !== null && (
        <div className="plugins-reader">
          <ul className="plugins-reader-list">
            {loaded.map((file) => (
              <li key={file.path}>
                <button
                  type="button"
                  className="plugins-reader-file"
                  aria-current={file.path === shown?.path ? 'true' : undefined}
                  title={`${file.path}\n${formatCount(file.content.length)} characters\nSHA-256 ${file.sha256}`}
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
