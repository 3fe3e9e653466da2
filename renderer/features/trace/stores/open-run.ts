import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { RecordRef } from '#engine/contract/records'
import type { StepRun, StepRunDetails, StepTrial } from '#engine/contract/trace'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import type { ModelStore } from '../../../frame/stores/model.ts'
import { modelStore } from '../../../frame/stores/model.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'
import { lookupTargets, referencesOf } from './run-references.ts'

/** The state of running a step again, which is rolled back. */
export type Trial =
  | { status: 'none' }
  | { status: 'running' }
  | { status: 'done'; trial: StepTrial }
  | { status: 'refused'; error: ErrorData }

/** One run of a step with its tree and chain. */
export interface OpenRunState {
  number: number | null
  details: StepRunDetails | null
  error: ErrorData | null
  /** The run with its ancestors and all runs that they caused. */
  tree: StepRun[]
  /** The runs on this record in the same request, in the order in which they began. */
  chain: StepRun[]
  /** Names of the records in its values, by id. */
  names: ReadonlyMap<string, string>
  trial: Trial
  open(run: number | null): Promise<void>
  runAgain(): Promise<void>
  dismissTrial(): void
}

const NOTHING = {
  number: null,
  details: null,
  error: null,
  tree: [],
  chain: [],
  names: new Map<string, string>(),
  trial: { status: 'none' as const },
}

/** Limit of runs in a chain; the record's own list shows all. */
const CHAIN_RUNS = 200

export function createOpenRunStore(bridge: BridgeClient, people: PeopleStore, model: ModelStore) {
  const store = createStore<OpenRunState>()((set, get) => {
    const isOpen = (run: number) => get().number === run
    const readChain = async ({ record, correlationId }: StepRun): Promise<StepRun[]> => {
      if (record === null) return []
      const of = { table: record.table, id: record.id }
      const query = { record: of, correlationId, limit: CHAIN_RUNS }
      const { runs } = await bridge.call('trace.find', { query, caller: people.callerId() })
      return runs.toReversed()
    }
    const readNames = async (details: StepRunDetails): Promise<ReadonlyMap<string, string>> => {
      const { model: definition, tables } = model.getState()
      const references = referencesOf(details, lookupTargets(definition, details.run.record?.table ?? ''))
      const names = new Map<string, string>()
      const readName = async ({ table, id }: RecordRef) => {
        const column = tables.get(table)?.primaryName
        if (column == null) return
        const answer = bridge.call('records.get', { record: { table, id }, caller: people.callerId() })
        const row = await answer.catch(() => null) // It may have been deleted.
        const name = row?.values[column]
        if (typeof name === 'string') names.set(id, name)
      }
      await Promise.all(references.map(readName))
      return names
    }
    return {
      ...NOTHING,
      async open(run) {
        if (run === null) return set(NOTHING)
        if (isOpen(run) && get().error === null) return
        // For another run of the same tree the tree stays visible while the rest is read.
        const isInTree = get().tree.some((other) => other.number === run)
        set({ ...NOTHING, number: run, ...(isInTree && { tree: get().tree }) })
        try {
          const asked = { run, caller: people.callerId() }
          const [details, tree] = await Promise.all([bridge.call('trace.get', asked), bridge.call('trace.tree', asked)])
          if (!isOpen(run)) return
          set({ details, tree })
          const [chain, names] = await Promise.all([readChain(details.run), readNames(details)])
          if (isOpen(run)) set({ chain, names })
        } catch (error) {
          if (isOpen(run)) set({ error: errorDataOf(error) })
        }
      },
      async runAgain() {
        const { number, trial } = get()
        if (number === null || trial.status === 'running') return
        set({ trial: { status: 'running' } })
        try {
          const answer = await bridge.call('trace.runAgain', { run: number, caller: people.callerId() })
          if (isOpen(number)) set({ trial: { status: 'done', trial: answer } })
        } catch (error) {
          if (isOpen(number)) set({ trial: { status: 'refused', error: errorDataOf(error) } })
        }
      },
      dismissTrial: () => set({ trial: { status: 'none' } }),
    }
  })
  return Object.assign(store, { reset: () => store.setState(NOTHING) })
}

export const openRunStore: StoreKey<ReturnType<typeof createOpenRunStore>> = ({ bridge, get }) =>
  createOpenRunStore(bridge, get(peopleStore), get(modelStore))
