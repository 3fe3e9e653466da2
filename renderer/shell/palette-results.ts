import type { Job } from '#engine/contract/jobs'
import type { Plugin } from '#engine/contract/plugins'
import type { ModelDefinition } from '#engine/contract/tables'
import type { Location } from '../frame/location.ts'
import type { OpenDialog, Theme } from '../frame/stores/view.ts'

export type PaletteTarget =
  | { kind: 'go'; location: Location }
  | { kind: 'dialog'; dialog: OpenDialog }
  | { kind: 'theme'; theme: Theme }
  | { kind: 'faults' }

export interface PaletteResult {
  key: string
  group: 'Commands' | 'Tables' | 'Relationships' | 'Records' | 'System jobs' | 'Plug-ins'
  label: string
  hint: string
  target: PaletteTarget
}

export const COMMANDS: PaletteResult[] = [
  command('Go to Overview', { kind: 'go', location: { screen: 'overview' } }),
  command('Go to Model', { kind: 'go', location: { screen: 'model', table: null, relationship: null } }),
  command('Go to Records', { kind: 'go', location: { screen: 'records', table: null, recordId: null } }),
  command('Go to System jobs', { kind: 'go', location: { screen: 'jobs', jobId: null } }),
  command('Go to Plug-ins', { kind: 'go', location: { screen: 'plugins', part: 'installed', plugin: null } }),
  command('Install a plug-in', { kind: 'go', location: { screen: 'plugins', part: 'available' } }),
  command('Order of execution of plug-in steps', {
    kind: 'go',
    location: { screen: 'plugins', part: 'order', table: null, message: null },
  }),
  command('Plug-in trace log', { kind: 'go', location: { screen: 'plugins', part: 'trace', run: null } }),
  command('Go to System events: asynchronous plug-in steps', {
    kind: 'go',
    location: { screen: 'jobs', jobId: null, view: 'systemEvents' },
  }),
  command('Go to Settings', { kind: 'go', location: { screen: 'settings' } }),
  command('Import a solution or data', { kind: 'go', location: { screen: 'import' } }),
  command('Generate records', { kind: 'dialog', dialog: { kind: 'generate', table: null } }),
  command('New environment', { kind: 'dialog', dialog: { kind: 'newEnvironment', sample: false } }),
  command('Open environment', { kind: 'dialog', dialog: { kind: 'openEnvironment' } }),
  command('Faults: slow motion, failing batches, the worker, users', { kind: 'faults' }),
  command('Theme: light', { kind: 'theme', theme: 'light' }),
  command('Theme: dark', { kind: 'theme', theme: 'dark' }),
  command('Theme: as the system', { kind: 'theme', theme: 'system' }),
]

function command(label: string, target: PaletteTarget): PaletteResult {
  return { key: `command ${label}`, group: 'Commands', label, hint: '', target }
}

/** Ranks a match: 3 equal, 2 begins with, 1 contains, 0 no match. */
function fitOf(search: string, ...texts: (string | null)[]): number {
  let best = 0
  for (const text of texts) {
    const place = text?.toLowerCase().indexOf(search) ?? -1
    if (place === 0) best = Math.max(best, text?.length === search.length ? 3 : 2)
    else if (place > 0) best = Math.max(best, 1)
  }
  return best
}

function best<T>(items: readonly T[], rank: (item: T) => number, limit: number): T[] {
  return items
    .map((item) => ({ item, fit: rank(item) }))
    .filter((candidate) => candidate.fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, limit)
    .map((candidate) => candidate.item)
}

/** Finds everything but records, which only the host can search. */
export function findInApp(text: string, model: ModelDefinition | null, jobs: readonly Job[], plugins: readonly Plugin[]): PaletteResult[] {
  const search = text.trim().toLowerCase()
  if (search === '') return COMMANDS
  const tables = best(model?.tables ?? [], (table) => fitOf(search, table.displayName, table.logicalName), 6).map(
    (table): PaletteResult => ({
      key: `table ${table.logicalName}`,
      group: 'Tables',
      label: table.displayName ?? table.logicalName,
      hint: table.logicalName,
      target: { kind: 'go', location: { screen: 'model', table: table.logicalName, relationship: null } },
    }),
  )
  const relationships = best(model?.relationships ?? [], (relationship) => fitOf(search, relationship.schemaName), 6).map(
    (relationship): PaletteResult => ({
      key: `relationship ${relationship.schemaName}`,
      group: 'Relationships',
      label: relationship.schemaName,
      hint: `${relationship.referenced} → ${relationship.referencing}`,
      target: { kind: 'go', location: { screen: 'model', table: relationship.referenced, relationship: relationship.schemaName } },
    }),
  )
  const foundJobs = best(jobs, (job) => fitOf(search, job.name, job.regarding.name), 5).map(
    (job): PaletteResult => ({
      key: `job ${job.id}`,
      group: 'System jobs',
      label: job.name,
      hint: job.status,
      target: { kind: 'go', location: { screen: 'jobs', jobId: job.id } },
    }),
  )
  const foundPlugins = best(plugins, ({ name }) => fitOf(search, name), 5).map(
    ({ name, status }): PaletteResult => ({
      key: `plugin ${name}`,
      group: 'Plug-ins',
      label: name,
      hint: status,
      target: { kind: 'go', location: { screen: 'plugins', part: 'installed', plugin: name } },
    }),
  )
  const commands = best(COMMANDS, (entry) => fitOf(search, entry.label), 5)
  return [...tables, ...relationships, ...foundJobs, ...foundPlugins, ...commands]
}
