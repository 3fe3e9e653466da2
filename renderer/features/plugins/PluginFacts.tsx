import type { ReactNode } from 'react'
import type { Plugin } from '#engine/contract/plugins'
import { Time } from '../../ui/Time.tsx'
import { filesText } from './plugin-words.ts'

/** Shows a plug-in's origin and configuration. */
export function PluginFacts({ plugin }: { plugin: Plugin }) {
  return (
    <section aria-label="Details" className="plugins-column">
      <h2 className="ui-heading">Details</h2>
      <table className="ui-table">
        <tbody>
          <Fact label="Source">
            <span className="plugins-path">{plugin.source}</span>
          </Fact>
          {plugin.origin !== plugin.source && (
            <Fact label="Read again from">
              {plugin.origin === null ? (
                <span className="ui-muted">nowhere: it was handed over as text</span>
              ) : (
                <span className="plugins-path">{plugin.origin}</span>
              )}
            </Fact>
          )}
          <Fact label="Configuration">
            {plugin.configuration === '' ? (
              <span className="ui-muted">none</span>
            ) : (
              <pre className="plugins-configuration">{plugin.configuration}</pre>
            )}
          </Fact>
          <Fact label="Files">{filesText(plugin.files)}</Fact>
          <Fact label="Content hash">
            <span className="ui-mono plugins-path" title="SHA-256 over paths, contents and configuration: what is agreed to">
              {plugin.contentHash}
            </span>
          </Fact>
          <Fact label="Installed">
            <Time ms={plugin.installedOnMs} />
          </Fact>
          <Fact label="Updated">
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
