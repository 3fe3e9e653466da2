import type { PluginCheck } from '#engine/contract/plugins'
import type { Message } from '#text/message'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords, type Words } from '../../text/words.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { FileMarks } from './FileMarks.tsx'
import type { PluginChanges } from './plugin-changes.ts'
import { stepTitle } from './plugin-words.ts'
import { StepList } from './StepList.tsx'
import { pluginsText } from './texts.ts'

/** Lists the steps and files to install, with the differences for an update. */
export function InstallContents({ check, changes }: { check: PluginCheck; changes: PluginChanges | null }) {
  const { say } = useWords()
  const { manifest, files, contentHash } = check
  const marks = new Map<string, { word: Message; tone: Tone }>([
    ...(changes?.files.added ?? []).map(({ path }) => [path, { word: pluginsText.files.mark.added, tone: 'accent' as Tone }] as const),
    ...(changes?.files.changed ?? []).map(({ path }) => [path, { word: pluginsText.files.mark.changed, tone: 'accent' as Tone }] as const),
    ...(changes?.files.removed ?? []).map(({ path }) => [path, { word: pluginsText.files.mark.removed, tone: 'deleted' as Tone }] as const),
  ])
  return (
    <>
      {changes !== null && <Changes changes={changes} />}
      <section aria-label={say(pluginsText.steps.heading)}>
        <h3 className="ui-heading">{say(pluginsText.steps.count({ count: manifest.steps.length }))}</h3>
        <StepList steps={manifest.steps} label={say(pluginsText.steps.inOrder)} added={changes?.steps.added ?? []} />
      </section>
      <section aria-label={say(pluginsText.files.heading)}>
        <h3 className="ui-heading">{say(pluginsText.files.count({ count: files.length }))}</h3>
        <FileMarks files={[...files, ...(changes?.files.removed ?? [])]} marks={marks} />
        <p className="ui-muted ui-small plugins-hash">
          <Text
            of={pluginsText.install.contentHash({ hash: contentHash })}
            tags={{ code: (inside) => <span className="ui-mono">{inside}</span> }}
          />
        </p>
      </section>
    </>
  )
}

function Changes({ changes }: { changes: PluginChanges }) {
  const { say } = useWords()
  const tables = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => tables.get(table)?.displayName ?? table
  const { files, permissions, steps } = changes
  const lines: { tone: Tone; word: Message; what: Message }[] = [
    ...permissions.added.map((permission) => ({
      tone: 'held' as const,
      word: pluginsText.changes.asksForMore,
      what: pluginsText.permission[permission].label,
    })),
    ...permissions.removed.map((permission) => ({
      tone: 'neutral' as const,
      word: pluginsText.changes.asksNoMore,
      what: pluginsText.permission[permission].label,
    })),
    ...steps.added.map((step) => ({ tone: 'accent' as const, word: pluginsText.changes.newStep, what: stepTitle(step, nameOf) })),
    ...steps.removed.map((step) => ({ tone: 'deleted' as const, word: pluginsText.changes.stepGone, what: stepTitle(step, nameOf) })),
  ]
  return (
    <section aria-label={say(pluginsText.changes.heading)} className="plugins-changes">
      <h3 className="ui-heading">{say(pluginsText.changes.heading)}</h3>
      <p>{say(changes.isSame ? pluginsText.changes.nothing : fileChanges(files, say))}</p>
      {lines.length > 0 && (
        <ul className="plugins-change-list">
          {lines.map(({ tone, word, what }) => (
            <li key={`${word.key} ${say(what)}`}>
              <Badge tone={tone}>{say(word)}</Badge> {say(what)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Returns how many files an update adds, changes and removes. */
function fileChanges(files: PluginChanges['files'], say: Words['say']): Message {
  const counts = (['added', 'changed', 'removed'] as const)
    .filter((change) => files[change].length > 0)
    .map((change) => say(pluginsText.changes[change]({ count: files[change].length })))
  return counts.length === 0 ? pluginsText.changes.configuration : pluginsText.changes.files({ counts: counts.join(', ') })
}
