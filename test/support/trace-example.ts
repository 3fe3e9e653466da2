import type { StepJob } from '#engine/contract/jobs'
import type { StepRun, StepRunDetails, StepTime } from '#engine/contract/trace'

/** A run of a step of the sample, as a test asks for. */
export const runOf = (change: Partial<StepRun> = {}): StepRun => ({
  number: 1,
  parent: null,
  plugin: 'refuse-by-rule',
  pluginVersion: '1.0.0',
  step: 1,
  message: 'Update',
  stage: 'PreOperation',
  mode: 'Sync',
  rank: 1,
  record: { table: 'account', id: '5f0c1111-2222-4333-8444-555566667777', name: 'Meridian Holding' },
  depth: 1,
  job: null,
  correlationId: 'c0000000-0000-4000-8000-000000000001',
  user: 'admin',
  userId: 'ad000000-0000-4000-8000-000000000001',
  startedOnMs: 1_000,
  durationMicroseconds: 400,
  outcome: 'done',
  isCommitted: true,
  code: null,
  error: null,
  trace: '',
  ...change,
})

/** Runs with these numbers, newest first. */
export const runsOf = (from: number, to: number, change: Partial<StepRun> = {}): StepRun[] =>
  Array.from({ length: from - to + 1 }, (_, index) => runOf({ number: from - index, ...change }))

export const detailsOf = (run: StepRun, change: Partial<StepRunDetails> = {}): StepRunDetails => ({
  run,
  input: { target: {}, inputParameters: {}, sharedVariables: {} },
  output: null,
  preImage: null,
  postImage: null,
  stack: null,
  canRunAgain: true,
  ...change,
})

export const timeOf = (change: Partial<StepTime> = {}): StepTime => ({
  plugin: 'slow-down',
  step: 1,
  message: 'Update',
  stage: 'PostOperation',
  table: null,
  runs: 10,
  failures: 0,
  totalMicroseconds: 410_000,
  longestMicroseconds: 60_000,
  ...change,
})

export const stepJobOf = (change: Partial<StepJob> = {}): StepJob => ({
  id: 'step-job-1',
  kind: 'step',
  name: 'notification-outbox: Update of account',
  operationType: 1,
  status: 'Completed',
  statecode: 3,
  statuscode: 30,
  retryCount: 0,
  postponeUntilMs: null,
  createdOnMs: 1_000,
  startedOnMs: 1_100,
  completedOnMs: 1_200,
  modifiedOnMs: 1_200,
  createdBy: { table: 'systemuser', id: 'u', name: 'admin' },
  owner: { table: 'systemuser', id: 'u', name: 'admin' },
  owningBusinessUnit: null,
  regarding: { table: 'account', id: '1', name: 'Meridian Holding' },
  primaryEntityType: 'account',
  messageName: 'Update',
  message: null,
  friendlyMessage: null,
  errorCode: null,
  hint: null,
  record: null,
  failing: null,
  failed: 0,
  failedRun: null,
  depth: 1,
  correlationId: 'c',
  requestId: 'r',
  attempts: 0,
  total: 1,
  processed: 1,
  batches: 0,
  plugin: 'notification-outbox',
  ...change,
})
