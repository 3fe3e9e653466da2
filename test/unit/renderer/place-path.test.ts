import { expect, test } from 'vitest'
import type { Location } from '../../../renderer/frame/location.ts'
import { formatPlace, type Place, type PreviewDialog, parsePlace } from '../../../renderer/frame/place-path.ts'

const ID = '5c0ffee5-0000-4000-8000-000000000001'
const OTHER = '5c0ffee5-0000-4000-8000-000000000002'

const LOCATIONS: [string, Location][] = [
  ['overview', { screen: 'overview' }],
  ['import', { screen: 'import' }],
  ['settings', { screen: 'settings' }],
  ['model', { screen: 'model', table: null, relationship: null }],
  ['model/account', { screen: 'model', table: 'account', relationship: null }],
  ['model/account/account_contacts', { screen: 'model', table: 'account', relationship: 'account_contacts' }],
  ['records', { screen: 'records', table: null, recordId: null }],
  ['records/account', { screen: 'records', table: 'account', recordId: null }],
  [`records/account/${ID}`, { screen: 'records', table: 'account', recordId: ID }],
  [`records/account/${ID}?part=steps`, { screen: 'records', table: 'account', recordId: ID, part: 'steps' }],
  ['jobs', { screen: 'jobs', jobId: null }],
  [`jobs/${ID}`, { screen: 'jobs', jobId: ID }],
  ['jobs?view=systemEvents', { screen: 'jobs', jobId: null, view: 'systemEvents' }],
  ['plugins/installed', { screen: 'plugins', part: 'installed', plugin: null }],
  ['plugins/installed/audit%20owners%2F%C3%A9', { screen: 'plugins', part: 'installed', plugin: 'audit owners/é' }],
  ['plugins/available', { screen: 'plugins', part: 'available' }],
  ['plugins/order', { screen: 'plugins', part: 'order', table: null, message: null }],
  ['plugins/order?table=account&message=Update', { screen: 'plugins', part: 'order', table: 'account', message: 'Update' }],
  ['trace', { screen: 'trace', run: null }],
  ['trace/17', { screen: 'trace', run: 17 }],
  [
    'trace?plugin=audit&step=3&stepLabel=audit%2C+Update+of+account',
    { screen: 'trace', run: null, only: { plugin: 'audit', step: { number: 3, label: 'audit, Update of account' } } },
  ],
  [
    `trace/4?job=${ID}&jobName=Assign+50%25+%26+more&request=${OTHER}`,
    { screen: 'trace', run: 4, only: { job: { id: ID, name: 'Assign 50% & more' }, correlationId: OTHER } },
  ],
  [
    `trace?record=account%2F${ID}&recordName=Meridian`,
    { screen: 'trace', run: null, only: { record: { table: 'account', id: ID, name: 'Meridian' } } },
  ],
]

const PREVIEWS: [string, PreviewDialog][] = [
  [`preview=delete&of=account%2F${ID}`, { kind: 'delete', record: { table: 'account', id: ID } }],
  [`preview=assign&of=account%2F${ID}`, { kind: 'assign', record: { table: 'account', id: ID } }],
  [`preview=merge&of=account%2F${ID}`, { kind: 'merge', first: { table: 'account', id: ID }, second: null }],
  [
    `preview=merge&of=account%2F${ID}&with=account%2F${OTHER}`,
    { kind: 'merge', first: { table: 'account', id: ID }, second: { table: 'account', id: OTHER } },
  ],
]

test.each(LOCATIONS)('%s is the path of its place, and leads back to it', (path, location) => {
  expect(formatPlace({ location, preview: null })).toBe(path)
  expect(parsePlace(path)).toEqual({ location, preview: null })
})

test.each(PREVIEWS)('a preview is part of the path: %s', (query, preview) => {
  for (const [, location] of LOCATIONS) {
    const place: Place = { location, preview }

    const path = formatPlace(place)

    expect(path.endsWith(query)).toBe(true)
    expect(parsePlace(path)).toEqual(place)
  }
})

test('without a path one is at the overview', () => {
  expect(parsePlace('')).toEqual({ location: { screen: 'overview' }, preview: null })
})

test.each(['nonsense', 'settings/of/mine', 'trace/latest', 'plugins/removed', 'plugins/available/audit', 'jobs/%E0%A4%A', 'model/a/b/c'])(
  '%s leads nowhere, and says so',
  (path) => {
    const place = parsePlace(path)

    expect(place).toEqual({ location: { screen: 'nowhere', path }, preview: null })
    expect(parsePlace(formatPlace(place))).toEqual(place)
  },
)

test('a preview of nothing is no preview', () => {
  expect(parsePlace('records/account?preview=delete')).toEqual({
    location: { screen: 'records', table: 'account', recordId: null },
    preview: null,
  })
  expect(parsePlace(`records/account?preview=erase&of=account/${ID}`).preview).toBeNull()
})
