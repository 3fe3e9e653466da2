import type { PluginCheck } from '#engine/contract/plugins'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { countOf } from '../../ui/format.ts'
import { FileMarks } from './FileMarks.tsx'
import type { PluginChanges } from './plugin-changes.ts'
import { PERMISSION_MEANING, stepTitle } from './plugin-words.ts'
import { StepList } from './StepList.tsx'

/** Lists the steps and files to install, with the differences for an update. */
export function InstallContents({ check, changes }: { check: PluginCheck; changes: PluginChanges | null }) {
  const { manifest, files, contentHash } = check
  const marks = new Map<string, { word: string; tone: Tone }>([
    ...(changes?.files.added ?? []).map(({ path }) => [path, { word: 'new', tone: 'accent' as Tone }] as const),
    ...(changes?.files.changed ?? []).map(({ path }) => [path, { word: 'changed', tone: 'accent' as Tone }] as const),
    ...(changes?.files.removed ?? []).map(({ path }) => [path, { word: 'removed', tone: 'deleted' as Tone }] as const),
  ])
  return (
    <>
      {changes !== null && <Changes changes={changes} />}
      <section aria-label="Steps">
        <h3 className="ui-heading">{countOf(manifest.steps.length, 'step')}</h3>
        <StepList steps={manifest.steps} label="Steps, in the order in which they run" added={changes?.steps.added ?? []} />
      </section>
      <section aria-label="Files">
        <h3 className="ui-heading">{countOf(files.length, 'file')}</h3>
        <FileMarks files={[...files, ...(changes?.files.removed ?? [])]} marks={marks} />
        <p className="ui-muted ui-small plugins-hash">
          Together with the configuration: <span className="ui-mono">{contentHash}</span>
        </p>
      </section>
    </>
  )
}

function Changes({ changes }: { changes: PluginChanges }) {
  const tables = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => tables.get(table)?.displayName ?? table
  const { files, permissions, steps } = changes
  const lines = [
    ...permissions.added.map((permission) => ({ tone: 'held' as Tone, word: 'asks for more', text: PERMISSION_MEANING[permission].label })),
    ...permissions.removed.map((permission) => ({
      tone: 'neutral' as Tone,
      word: 'asks no more',
      text: PERMISSION_MEANING[permission].label,
    })),
    ...steps.added.map((step) => ({ tone: 'accent' as Tone, word: 'new step', text: stepTitle(step, nameOf) })),
    ...steps.removed.map((step) => ({ tone: 'deleted' as Tone, word: 'step gone', text: stepTitle(step, nameOf) })),
  ]
  const counts = [
    countedFiles(files.added.length, 'added'),
    countedFiles(files.changed.length, 'changed'),
    countedFiles(files.removed.length, 'removed'),
  ].filter((text) => text !== '')
  return (
    <section aria-label="What changes" className="plugins-changes">
      <h3 className="ui-heading">What changes</h3>
      <p>
        {changes.isSame
          ? 'Nothing: files and configuration are those that are installed.'
          : counts.length === 0
            ? 'No file. The configuration is another.'
            : `${counts.join(', ')}.`}
      </p>
      {lines.length > 0 && (
        <ul className="plugins-change-list">
          {lines.map(({ tone, word, text }) => (
            <li key={`${word} ${text}`}>
              <Badge tone={tone}>{word}</Badge> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const countedFiles = (count: number, verb: string): string => (count === 0 ? '' : `${countOf(count, 'file')} ${verb}`)
