import type { LookupValue, RecordRef } from '#engine/contract/records'
import type { Location, RunsOnly } from './location.ts'
import type { DialogOf } from './stores/view.ts'

/** A dialog that previews a cascade. It is part of the place, so that a link leads to the preview. */
export type PreviewDialog = DialogOf<'assign' | 'delete' | 'merge'>

/** What a link leads to. */
export interface Place {
  location: Location
  preview: PreviewDialog | null
}

/**
 * Writes a place as a relative path, for instance `records/account/2f1c…?part=steps`.
 *
 * | path                                            | shows                                        |
 * |-------------------------------------------------|----------------------------------------------|
 * | `overview`, `import`, `settings`                | these screens                                |
 * | `model/TABLE/RELATIONSHIP`                      | the tables, a table, one of its relationships |
 * | `records/TABLE/ID?part=steps`                   | a table's records, one of them, its steps    |
 * | `jobs/ID?view=systemEvents`                     | the system jobs, one of them                 |
 * | `plugins/installed/NAME`, `plugins/available`, `plugins/order?table=…&message=…` | the parts of the plug-ins |
 * | `trace/RUN?plugin=…&step=…&record=…&job=…&request=…` | the trace log, filtered, and a run        |
 *
 * A preview is added as `preview=delete&of=TABLE/ID`, for a merge with `&with=TABLE/ID`.
 */
export function formatPlace({ location, preview }: Place): string {
  const { segments, query } = partsOf(location)
  const path = segments.map(encodeURIComponent).join('/')
  const parameters = new URLSearchParams(present({ ...query, ...(preview !== null && previewQuery(preview)) })).toString()
  return parameters === '' ? path : `${path}?${parameters}`
}

/** Reads a path that `formatPlace` wrote. A path that leads nowhere becomes the location `nowhere`. */
export function parsePlace(path: string): Place {
  const [plain = '', parameters = ''] = path.split('?', 2)
  const query = new URLSearchParams(parameters)
  const segments = decoded(plain)
  const location = segments === null ? null : locationOf(segments, query)
  return location === null ? { location: { screen: 'nowhere', path }, preview: null } : { location, preview: previewOf(query) }
}

type Query = Record<string, string | undefined>

function partsOf(location: Location): { segments: string[]; query?: Query } {
  switch (location.screen) {
    case 'overview':
    case 'import':
    case 'settings':
      return { segments: [location.screen] }
    case 'nowhere':
      return { segments: ['nowhere'], query: { path: location.path } }
    case 'model':
      return { segments: upToFirstGap('model', location.table, location.relationship) }
    case 'records':
      return { segments: upToFirstGap('records', location.table, location.recordId), query: { part: location.part } }
    case 'jobs':
      return { segments: upToFirstGap('jobs', location.jobId), query: { view: location.view } }
    case 'plugins':
      if (location.part === 'installed') return { segments: upToFirstGap('plugins', 'installed', location.plugin) }
      if (location.part === 'available') return { segments: ['plugins', 'available'] }
      return {
        segments: ['plugins', 'order'],
        query: { table: location.table ?? undefined, message: location.message ?? undefined },
      }
    case 'trace':
      return { segments: upToFirstGap('trace', location.run === null ? null : String(location.run)), query: runsQuery(location.only ?? {}) }
  }
}

function locationOf([screen = '', first, second, ...rest]: string[], query: URLSearchParams): Location | null {
  if (rest.length > 0) return null
  const table = first ?? null
  switch (screen) {
    case '':
      return first === undefined ? { screen: 'overview' } : null
    case 'overview':
    case 'import':
    case 'settings':
      return first === undefined ? { screen } : null
    case 'nowhere':
      return { screen, path: query.get('path') ?? '' }
    case 'model':
      return { screen, table, relationship: second ?? null }
    case 'records':
      return { screen, table, recordId: second ?? null, ...(query.get('part') === 'steps' && { part: 'steps' }) }
    case 'jobs': {
      const view = query.get('view')
      return { screen, jobId: table, ...((view === 'systemEvents' || view === 'cascadeOperations') && { view }) }
    }
    case 'plugins':
      return pluginsOf(first, second ?? null, query)
    case 'trace': {
      const only = runsOnly(query)
      if (first !== undefined && !/^\d+$/.test(first)) return null
      return { screen, run: first === undefined ? null : Number(first), ...(Object.keys(only).length > 0 && { only }) }
    }
    default:
      return null
  }
}

function pluginsOf(part: string | undefined, name: string | null, query: URLSearchParams): Location | null {
  if (part === undefined || part === 'installed') return { screen: 'plugins', part: 'installed', plugin: name }
  if (name !== null) return null
  if (part === 'available') return { screen: 'plugins', part }
  // The screen says it where there is no such table or message.
  const message = query.get('message') as Extract<Location, { part: 'order' }>['message']
  return part === 'order' ? { screen: 'plugins', part, table: query.get('table'), message } : null
}

const runsQuery = ({ plugin, step, record, job, correlationId }: RunsOnly): Query => ({
  plugin,
  step: step?.number.toString(),
  stepLabel: step?.label,
  record: record && recordText(record),
  recordName: record?.name ?? undefined,
  job: job?.id,
  jobName: job?.name,
  request: correlationId,
})

function runsOnly(query: URLSearchParams): RunsOnly {
  const plugin = query.get('plugin')
  const step = Number(query.get('step') ?? Number.NaN)
  const record = recordOf(query.get('record'))
  const job = query.get('job')
  const correlationId = query.get('request')
  const named: LookupValue | null = record && { ...record, name: query.get('recordName') }
  return {
    ...(plugin !== null && { plugin }),
    ...(Number.isInteger(step) && { step: { number: step, label: query.get('stepLabel') ?? String(step) } }),
    ...(named !== null && { record: named }),
    ...(job !== null && { job: { id: job, name: query.get('jobName') ?? job } }),
    ...(correlationId !== null && { correlationId }),
  }
}

function previewQuery(preview: PreviewDialog): Query {
  if (preview.kind !== 'merge') return { preview: preview.kind, of: recordText(preview.record) }
  return { preview: 'merge', of: recordText(preview.first), with: preview.second === null ? undefined : recordText(preview.second) }
}

function previewOf(query: URLSearchParams): PreviewDialog | null {
  const kind = query.get('preview')
  const record = recordOf(query.get('of'))
  if (record === null) return null
  if (kind === 'assign' || kind === 'delete') return { kind, record }
  return kind === 'merge' ? { kind, first: record, second: recordOf(query.get('with')) } : null
}

const recordText = ({ table, id }: RecordRef): string => `${table}/${id}`

function recordOf(text: string | null): RecordRef | null {
  const [table, id, ...rest] = text?.split('/') ?? []
  return table && id && rest.length === 0 ? { table, id } : null
}

/** A path has no holes: what follows a missing part is left out. */
function upToFirstGap(...parts: (string | null)[]): string[] {
  const gap = parts.indexOf(null)
  return (gap === -1 ? parts : parts.slice(0, gap)).filter((part) => part !== null)
}

const present = (query: Query): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))

function decoded(path: string): string[] | null {
  try {
    return path
      .replace(/^\/+|\/+$/g, '')
      .split('/')
      .map(decodeURIComponent)
  } catch {
    return null // A broken escape.
  }
}
