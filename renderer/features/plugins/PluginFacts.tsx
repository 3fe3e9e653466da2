import type { ReactNode } from 'react'
import type { Plugin } from '#engine/contract/plugins'
import { useWords } from '../../text/words.ts'
import { Time } from '../../ui/Time.tsx'
import { pluginsText } from './texts.ts'

/** Shows a plug-in's origin and configuration. */
export function PluginFacts({ plugin }: { plugin: Plugin }) {
  const { say } = useWords()
  const { files } = plugin
  const characters = files.reduce((sum, file) => sum + file.characters, 0)
  return (
    <section aria-label={say(pluginsText.facts.heading)} className="plugins-column">
      <h2 className="ui-heading">{say(pluginsText.facts.heading)}</h2>
      <table className="ui-table">
        <tbody>
          <Fact label={say(pluginsText.facts.source)}>
            <span className="plugins-path">{plugin.source}</span>
          </Fact>
          {plugin.origin !== plugin.source && (
            <Fact label={say(pluginsText.facts.origin)}>
              {plugin.origin === null ? (
                <span className="ui-muted">{say(pluginsText.facts.noOrigin)}</span>
              ) : (
                <span className="plugins-path">{plugin.origin}</span>
              )}
            </Fact>
          )}
          <Fact label={say(pluginsText.facts.configuration)}>
            {plugin.configuration === '' ? (
              <span className="ui-muted">{say(pluginsText.facts.noConfiguration)}</span>
            ) : (
              <pre className="plugins-configuration">{plugin.configuration}</pre>
            )}
          </Fact>
          <Fact label={say(pluginsText.files.heading)}>{say(pluginsText.files.total({ files: files.length, characters }))}</Fact>
          <Fact label={say(pluginsText.facts.contentHash)}>
            <span className="ui-mono plugins-path" title={say(pluginsText.facts.contentHashHint)}>
              {plugin.contentHash}
            </span>
          </Fact>
          <Fact label={say(pluginsText.facts.installed)}>
            <Time ms={plugin.installedOnMs} />
          </Fact>
          <Fact label={say(pluginsText.facts.updated)}>
            <Time ms={plugin.updatedOnMs} />
          </Fact>
        </tbody>
      </table>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{children}</td>
    </tr>
  )
}
