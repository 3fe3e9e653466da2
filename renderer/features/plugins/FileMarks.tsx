import type { Plugin } from '#engine/contract/plugins'
import type { Message } from '#text/message'
import { useWords } from '../../text/words.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { pluginsText } from './texts.ts'

interface FileMarksProps {
  files: Plugin['files']
  /** Changes of files by an update, by path. */
  marks?: ReadonlyMap<string, { word: Message; tone: Tone }>
}

/** Lists files by path, size and hash, to which the user agrees. */
export function FileMarks({ files, marks = new Map() }: FileMarksProps) {
  const { say, count } = useWords()
  return (
    <table className="ui-table plugins-files">
      <thead>
        <tr>
          <th scope="col">{say(pluginsText.files.path)}</th>
          <th scope="col" className="ui-number">
            {say(pluginsText.files.characters)}
          </th>
          <th scope="col">{say(pluginsText.files.sha256)}</th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ path, characters, sha256 }) => {
          const mark = marks.get(path)
          return (
            <tr key={path}>
              <td>
                <span className="ui-mono">{path}</span> {mark !== undefined && <Badge tone={mark.tone}>{say(mark.word)}</Badge>}
              </td>
              <td className="ui-number">{count(characters)}</td>
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
