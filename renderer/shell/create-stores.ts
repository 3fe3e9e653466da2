import type { StoreApi } from 'zustand/vanilla'
import { createOperationStore, type OperationState } from '../features/cascades/stores/operation.ts'
import { createPlanRowsStore, type PlanRowsState } from '../features/cascades/stores/plan-rows.ts'
import { createJobStepsStore, type JobStepsState } from '../features/jobs/stores/job-steps.ts'
import { createStepJobsStore, type StepJobsState } from '../features/jobs/stores/step-jobs.ts'
import { createExecutionOrderStore, type ExecutionOrderState } from '../features/plugins/stores/execution-order.ts'
import { createPluginInstallStore, type PluginInstallState } from '../features/plugins/stores/plugin-install.ts'
import { createOpenRecordStore, type OpenRecordState } from '../features/records/stores/open-record.ts'
import { createRecordsStore, type RecordsState } from '../features/records/stores/records.ts'
import { createOpenRunStore, type OpenRunState } from '../features/trace/stores/open-run.ts'
import { createRecordRunsStore, type RecordRunsState } from '../features/trace/stores/record-runs.ts'
import { createTraceStore, type TraceState } from '../features/trace/stores/trace.ts'
import { createTransferStore, type TransferState } from '../features/transfer/stores/transfer.ts'
import type { BridgeClient } from '../frame/bridge.ts'
import { type ActivityState, createActivityStore } from '../frame/stores/activity.ts'
import { createEnvironmentStore, type EnvironmentState } from '../frame/stores/environment.ts'
import { createFaultsStore, type FaultsState } from '../frame/stores/faults.ts'
import { createJobsStore, type JobsState } from '../frame/stores/jobs.ts'
import { createModelStore, type ModelState } from '../frame/stores/model.ts'
import { createPeopleStore, type PeopleState } from '../frame/stores/people.ts'
import { createPluginsStore, type PluginsState } from '../frame/stores/plugins.ts'
import { createSettingsStore, type SettingsState } from '../frame/stores/settings.ts'
import { createViewStore, type ViewState } from '../frame/stores/view.ts'

/** Creates all stores over one bridge. Works without React. */
export function createStores(bridge: BridgeClient): Stores {
  const view = createViewStore()
  const activity = createActivityStore(bridge)
  const environment = createEnvironmentStore(bridge)
  const people = createPeopleStore(bridge)
  const model = createModelStore(bridge)
  const jobs = createJobsStore(bridge, people)
  const settings = createSettingsStore(bridge)
  const faults = createFaultsStore(bridge, environment)
  const records = createRecordsStore(bridge)
  const openRecord = createOpenRecordStore(bridge, model, people)
  const trace = createTraceStore(bridge)
  const openRun = createOpenRunStore(bridge, people, model)
  const recordRuns = createRecordRunsStore(bridge)
  const jobSteps = createJobStepsStore(bridge)
  const stepJobs = createStepJobsStore(bridge)
  const operation = createOperationStore(bridge, people, activity)
  const planRows = createPlanRowsStore(bridge)
  const transfer = createTransferStore(bridge, people, activity)
  const plugins = createPluginsStore(bridge, activity)
  const pluginInstall = createPluginInstallStore(bridge)
  const executionOrder = createExecutionOrderStore(bridge)

  const load = () => {
    void model.getState().load()
    void model.getState().loadCounts()
    void jobs.getState().load()
    void settings.getState().load()
    void faults.getState().load()
    void plugins.getState().load()
    people
      .getState()
      .load()
      .catch((error: unknown) => activity.getState().reportError('The users could not be read', error))
  }
  /** Imports or installs what was dropped before an environment was open. */
  const bringInWhatWaits = () => {
    const { flow, inspect } = transfer.getState()
    if (flow.step === 'waiting') {
      view.getState().go({ screen: 'import' })
      void inspect(flow.path)
    }
    const { step, path, isUpload, begin } = pluginInstall.getState()
    if (step === 'waiting') {
      view.getState().openDialog({ kind: 'installPlugin' })
      void begin(path, { isUpload })
    }
  }
  environment.subscribe(({ info }, { info: before }) => {
    if (info?.path === before?.path && info?.createdOnMs === before?.createdOnMs) return
    for (const store of [
      model,
      jobs,
      settings,
      faults,
      records,
      openRecord,
      trace,
      openRun,
      recordRuns,
      jobSteps,
      stepJobs,
      plugins,
      executionOrder,
    ])
      store.reset()
    operation.getState().leave()
    view.getState().startOver()
    if (info === null) return
    load()
    bringInWhatWaits()
  })
  // Announced again for the same file after a lost connection, because events may have been missed.
  bridge.on('environment', (info) => {
    if (info === null || info.path !== environment.getState().info?.path) return
    load()
    records.getState().refresh()
    trace.getState().refresh()
    stepJobs.getState().refresh()
    void jobSteps.getState().refresh()
  })
  return {
    view,
    activity,
    environment,
    people,
    model,
    jobs,
    settings,
    faults,
    records,
    openRecord,
    trace,
    openRun,
    recordRuns,
    jobSteps,
    stepJobs,
    operation,
    planRows,
    transfer,
    plugins,
    pluginInstall,
    executionOrder,
  }
}

/** The state of each store. */
export interface States {
  view: ViewState
  activity: ActivityState
  environment: EnvironmentState
  people: PeopleState
  model: ModelState
  jobs: JobsState
  settings: SettingsState
  faults: FaultsState
  records: RecordsState
  openRecord: OpenRecordState
  trace: TraceState
  openRun: OpenRunState
  recordRuns: RecordRunsState
  jobSteps: JobStepsState
  stepJobs: StepJobsState
  operation: OperationState
  planRows: PlanRowsState
  transfer: TransferState
  plugins: PluginsState
  pluginInstall: PluginInstallState
  executionOrder: ExecutionOrderState
}
export type Stores = { readonly [N in keyof States]: StoreApi<States[N]> }
