import type { Plugin } from '#engine/contract/plugins'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { formatCount } from '../../ui/format.ts'

interface FileMarksProps {
  files: Plugin['files']
  /** Changes of files by an update, by path. */
  marks?: ReadonlyMap<string, { word: string; tone: Tone }>
}

/** Lists files by path, size and hash, to which the user agrees. */
export function FileMarks({ files, marks = new Map() }: FileMarksProps) {
  return (
    <table className="ui-table plugins-files">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" className="ui-number">
            Characters
          </th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ path, characters, sha256 }) => {
          const mark = marks.get(path)
          return (
            <tr key={path}>
              <td>
                <span className="ui-mono">{path}</span> {mark !== undefined && <Badge tone={mark.tone}>{mark.word}</Badge>}
              </td>
              <td className="ui-number">{formatCount(characters)}</td>
              <td className="ui-mono ui-muted" title={sha256}>
                {sha256.slice(0, 16)}…
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
