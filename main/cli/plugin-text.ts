import { STAGES } from '#engine/contract/messages'
import type { Permission, Plugin, PluginCheck, PluginStep } from '#engine/contract/plugins'
import type { StepRun } from '#engine/contract/trace'
import { facts, table } from './output.ts'

/** What each permission lets a plug-in do, for the question whether to agree. */
const PERMISSION_TEXT: Record<Permission, string> = {
  network: 'network: reach other computers and this one',
  'fs:read': 'fs:read: read every file that you may read',
  'fs:write': 'fs:write: change and delete every file that you may change',
  env: 'env: read the environment variables, which often hold passwords',
}

export const permissionText = (permissions: readonly Permission[]): string =>
  permissions.length === 0 ? 'none: it reaches nothing but the records' : permissions.map((each) => PERMISSION_TEXT[each]).join('\n')

type StepLike = Omit<PluginStep, 'number' | 'plugin'>

/** Sorts steps in the order in which they run: by stage, then by rank. */
export const inOrder = <S extends StepLike>(steps: readonly S[]): S[] =>
  steps.toSorted(
    (one, other) => STAGES.indexOf(one.stage) - STAGES.indexOf(other.stage) || one.rank - other.rank || one.ordinal - other.ordinal,
  )

const columnsText = (columns: string[] | true | null): string => (columns === true ? 'all' : (columns ?? []).join(', '))

export const stepTable = (steps: readonly (StepLike & { plugin?: string; status?: string })[]): string =>
  table(
    [
      ...(steps.some(({ plugin }) => plugin) ? ['plug-in'] : []),
      'stage',
      'rank',
      'message',
      'table',
      'mode',
      'filter',
      'pre-image',
      'post-image',
      'runs as',
    ],
    steps.map((step) => [
      ...(step.plugin === undefined ? [] : [step.plugin]),
      step.stage,
      step.rank,
      step.message,
      step.table ?? 'every table',
      step.mode,
      (step.filteringAttributes ?? []).join(', '),
      columnsText(step.preImage),
      columnsText(step.postImage),
      typeof step.runAs === 'string' ? step.runAs : step.runAs.name,
    ]),
  )

export const fileTable = (files: PluginCheck['files']): string =>
  table(
    ['file', 'characters', 'SHA-256'],
    files.map(({ path, characters, sha256 }) => [path, characters, sha256]),
  )

/** Describes a plug-in for the question whether to agree. */
export function checkText({ manifest, files, contentHash, source, replaces }: PluginCheck): string {
  return [
    facts([
      ['plug-in', manifest.name],
      ['version', manifest.version],
      ['from', source],
      ['takes the place of', replaces === null ? null : `version ${replaces.version}`],
      ['content', contentHash],
    ]),
    `Permissions:\n${indented(permissionText(manifest.permissions))}`,
    `Steps in order:\n${indented(stepTable(inOrder(manifest.steps)))}`,
    `Files:\n${indented(fileTable(files))}`,
  ].join('\n\n')
}

export const pluginTable = (plugins: readonly Plugin[]): string =>
  plugins.length === 0
    ? 'There are no plug-ins.'
    : table(
        ['plug-in', 'version', 'status', 'steps', 'permissions', 'from'],
        plugins.map(({ name, version, status, steps, permissions, source }) => [
          name,
          version,
          status,
          steps.length,
          permissions.join(', '),
          source,
        ]),
      )

/** Formats step runs as lines, the newest last. */
export const runLines = (runs: readonly StepRun[]): string =>
  runs.length === 0
    ? 'No step has run.'
    : runs
        .toSorted((one, other) => one.number - other.number)
        .map(runText)
        .join('\n')

export function runText(run: StepRun): string {
  const of =
    run.record === null
      ? ''
      : ` of ${run.record.name === null ? `${run.record.table}/${run.record.id}` : `${run.record.table} "${run.record.name}"`}`
  const ended = run.outcome === 'done' ? (run.isCommitted ? 'done' : 'done, rolled back') : `${run.outcome} ${run.code ?? ''}`.trim()
  const head = `${new Date(run.startedOnMs).toISOString()}  ${run.plugin}  ${run.message}${of}  ${run.stage} ${run.mode}  depth ${run.depth}  ${run.durationMicroseconds} µs  ${ended}`
  const below = [...(run.error === null ? [] : [run.error]), ...(run.trace === '' ? [] : run.trace.split('\n'))]
  return [head, ...below.map((line) => `    ${line}`)].join('\n')
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ')
