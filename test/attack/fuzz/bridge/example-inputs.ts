import type { BridgeMethod } from '#contract'

/** Stand for what only a run knows: ids, tokens and hashes. */
export const PLACEHOLDERS = [
  '$admin',
  '$user',
  '$account',
  '$child',
  '$csv',
  '$solution',
  '$folder',
  '$environment',
  '$plugin',
  '$job',
] as const

const caller = '$admin'
const record = { table: 'account', id: '$account' }
const other = { table: 'account', id: '$child' }
const source = { token: '$plugin' }
const assign = { operation: 'Assign', record, to: { table: 'systemuser', id: '$user' } }
const requests = [
  assign,
  { operation: 'Assign', record, to: 'admin' },
  { operation: 'Delete', record },
  { operation: 'Merge', target: record, subordinate: other, content: { name: 'merged' }, parentingCheck: false },
]
const hash = 'a'.repeat(64)
const run = { run: 1, caller }

/** Inputs that each method takes. `environment.close` comes seldom, because little can be asked after it. */
export const EXAMPLE_INPUTS: Record<BridgeMethod, unknown[][]> = {
  'app.info': [[]],
  'environment.open': [['$environment'], ['$csv']],
  'environment.create': [[{ file: { name: 'made' }, sample: false }]],
  'environment.close': [[]],
  'environment.forget': [['$environment']],
  'work.stop': [['transfer'], ['preview']],
  'dialog.chooseOpen': [[{ kind: 'csv' }]],
  'dialog.chooseSave': [[{ suggestedName: 'mine.cascade' }]],
  'dialog.withdraw': [[]],
  'model.get': [[]],
  'model.processes': [[]],
  'model.changeRelationship': [[{ schemaName: 'account_parent_account', cascade: { Assign: 'Active', Delete: 'RemoveLink' } }]],
  'settings.get': [[]],
  'settings.change': [
    [{ batchSize: 7, thresholds: { Assign: 2, Delete: 3, Merge: 4 } }],
    [{ thresholds: 'docs-2023', pluginTraceLog: 'All' }],
  ],
  'records.find': [
    [{ query: { table: 'account', search: 'er', sort: { column: 'name', direction: 'descending' }, offset: 0, limit: 50 }, caller }],
    [{ query: { table: 'contact', filters: [{ column: 'fullname', operator: 'contains', value: 'a' }], offset: 3, limit: 5 }, caller }],
    [{ query: { table: 'account', filters: [{ column: 'createdon', operator: 'greaterThan', value: 0 }], offset: 0, limit: 5 }, caller }],
  ],
  'records.get': [[{ record, caller }]],
  'records.counts': [[{ tables: ['account', 'contact'], caller }], [{ tables: null, caller }]],
  'records.create': [
    [{ table: 'account', values: { name: 'made', parentaccountid: record, ownerid: { table: 'systemuser', id: '$user' } }, caller }],
    [{ table: 'contact', values: { lastname: 'made', statecode: 1 }, caller }],
  ],
  'records.update': [
    [{ record, values: { name: 'changed', ownerid: 'admin', revenue: 1.5, donotemail: true, description: null }, caller }],
  ],
  'principals.find': [['a'], ['']],
  'cascade.preview': requests.map((request) => [{ request, caller, mode: 'Auto' }]),
  'cascade.planRows': [[{ query: { planId: 'plan', action: 'assign', offset: 0, limit: 10 }, caller }]],
  'cascade.discard': [[{ planId: 'plan', caller }]],
  'cascade.execute': requests.flatMap((request) => ['Sync', 'Async'].map((mode) => [{ request, caller, mode, planId: null }])),
  'jobs.find': [[{ query: { kind: 'cascade', limit: 10 }, caller }], [{ query: { limit: 1, before: '$job' }, caller }]],
  'jobs.get': [[{ jobId: '$job', caller }]],
  'jobs.pause': [[{ jobId: '$job', caller }]],
  'jobs.resume': [[{ jobId: '$job', caller }]],
  'jobs.reexecute': [[{ jobId: '$job', caller }]],
  'jobs.cancel': [[{ jobId: '$job', caller }]],
  'jobs.continue': [[]],
  'faults.get': [[]],
  'faults.set': [[{ batchDelayMs: 0, failBatch: 1 }], [{ batchDelayMs: 0, failBatch: null }]],
  'faults.killWorker': [[]],
  'users.change': [[{ userId: '$user', disabled: true }], [{ userId: '$user', removed: true }], [{ userId: '$user', removed: false }]],
  'plugins.find': [[]],
  'plugins.available': [[]],
  'plugins.check': [[{ source, configuration: '' }], [{ source: { plugin: 'audit' }, configuration: 'a: 1' }]],
  'plugins.install': [
    [{ source, configuration: '', agreedTo: null, replace: true, isDeveloped: false }],
    [{ source, configuration: '', agreedTo: hash, replace: false, isDeveloped: true }],
    [{ source: { plugin: 'audit' }, configuration: '', agreedTo: null, replace: true, isDeveloped: false }],
  ],
  'plugins.enable': [[{ name: 'audit', agreedTo: null }], [{ name: 'audit', agreedTo: hash }]],
  'plugins.disable': [['audit']],
  'plugins.remove': [['audit']],
  'plugins.develop': [[{ name: 'audit', isDeveloped: true }]],
  'plugins.files': [['audit']],
  'plugins.steps': [[{ table: 'account', message: 'Update' }], [{}]],
  'trace.find': [[{ query: { plugin: 'audit', record, depth: 1, onlyErrors: false, search: 'x', limit: 10 }, caller }]],
  'trace.get': [[run]],
  'trace.tree': [[run]],
  'trace.times': [[{ jobId: '$job', caller }], [{ jobId: null, caller }]],
  'trace.runAgain': [[run]],
  'import.inspect': [['$solution'], ['$folder'], ['$csv']],
  'import.run': [[{ token: '$solution', options: { standard: true }, caller }], [{ token: '$folder', options: {}, caller }]],
  'csv.inspect': [['$csv'], ['$solution'], ['$folder']],
  'csv.import': [
    [{ token: '$csv', mapping: { table: 'account', columns: [{ from: 'name', to: 'name' }] }, caller }],
    [{ token: '$csv', mapping: { table: 'account', columns: [{ from: 'name', to: 'accountid' }] }, caller }],
  ],
  'generate.run': [
    [{ rules: [{ table: 'account', count: 20, owners: ['admin'], states: { 0: 0.5, 1: 0.5 }, set: { name: 'made' } }], caller }],
    [{ rules: [{ table: 'contact', per: 'account', attribute: 'parentcustomerid', count: 2, where: { name: 'changed' } }], caller }],
    [{ rules: [{ table: 'account', chain: 5, attribute: 'parentaccountid' }], caller }],
  ],
}
