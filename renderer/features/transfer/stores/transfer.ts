import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { CsvImport, CsvInspection, GenerateReport, GenerateRule, ImportReport, SourceInspection } from '#engine/contract/transfer'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import type { ActivityStore } from '../../../frame/stores/activity.ts'
import { activityStore } from '../../../frame/stores/activity.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** The steps of an import, from the file to its report. */
export type ImportFlow =
  | { step: 'idle' }
  | { step: 'receiving'; name: string }
  /** Continues as soon as an environment is open. */
  | { step: 'waiting'; path: string }
  | { step: 'inspecting'; path: string }
  | { step: 'failed'; path: string; error: ErrorData }
  | { step: 'choosing'; path: string; sources: SourceInspection[]; only: string[]; standardRelationships: boolean; error: ErrorData | null }
  | { step: 'csv'; path: string; inspection: CsvInspection; mapping: CsvImport; error: ErrorData | null }
  | { step: 'running'; path: string }
  | { step: 'report'; path: string; report: ImportReport }

export interface TransferState {
  flow: ImportFlow
  /** A file that the menu or the operating system asked to open and that has not been handled yet. */
  openRequested: string | null
  generating: boolean
  generateError: ErrorData | null
  /** Sends dropped or chosen files to the host. Returns their path there, or null if that failed. */
  receive(name: string, files: File[] | Promise<File[]>): Promise<string | null>
  inspect(path: string): Promise<void>
  /** Keeps a file until an environment is open. */
  wait(path: string): void
  choose(change: { only?: string[]; standardRelationships?: boolean }): void
  mapCsv(mapping: CsvImport): void
  run(): Promise<void>
  startAgain(): void
  generate(rules: GenerateRule[]): Promise<GenerateReport | null>
}

const isCsv = (path: string): boolean => /\.(csv|tsv)$/i.test(path)

export function createTransferStore(bridge: BridgeClient, people: PeopleStore, activity: ActivityStore) {
  const store = createStore<TransferState>()((set, get) => ({
    flow: { step: 'idle' },
    openRequested: null,
    generating: false,
    generateError: null,
    async receive(name, files) {
      set({ flow: { step: 'receiving', name } })
      try {
        return await bridge.pathOf(await files)
      } catch (error) {
        set({ flow: { step: 'failed', path: name, error: errorDataOf(error) } })
        return null
      }
    },
    async inspect(path) {
      set({ flow: { step: 'inspecting', path } })
      try {
        if (isCsv(path)) {
          const inspection = await bridge.call('csv.inspect', path)
          set({ flow: { step: 'csv', path, inspection, mapping: inspection.suggestion ?? { table: '', columns: [] }, error: null } })
        } else {
          const sources = await activity.getState().track(bridge.call('import.inspect', path))
          set({
            flow: {
              step: 'choosing',
              path,
              sources,
              only: sources.map((source) => source.path),
              standardRelationships: false,
              error: null,
            },
          })
        }
      } catch (error) {
        set({ flow: { step: 'failed', path, error: errorDataOf(error) } })
      }
    },
    wait: (path) => set({ flow: { step: 'waiting', path } }),
    choose(change) {
      const { flow } = get()
      if (flow.step === 'choosing') set({ flow: { ...flow, ...change } })
    },
    mapCsv(mapping) {
      const { flow } = get()
      if (flow.step === 'csv') set({ flow: { ...flow, mapping } })
    },
    async run() {
      const { flow } = get()
      if (flow.step !== 'choosing' && flow.step !== 'csv') return
      const { path } = flow
      set({ flow: { step: 'running', path } })
      try {
        const caller = people.callerId()
        const call =
          flow.step === 'csv'
            ? bridge.call('csv.import', { path, mapping: flow.mapping, caller })
            : bridge.call('import.run', {
                path,
                options: { only: flow.only, standardRelationships: flow.standardRelationships },
                caller,
              })
        set({ flow: { step: 'report', path, report: await activity.getState().track(call) } })
      } catch (error) {
        set({ flow: { ...flow, error: errorDataOf(error) } })
      }
    },
    startAgain: () => set({ flow: { step: 'idle' } }),
    async generate(rules) {
      set({ generating: true, generateError: null })
      try {
        return await activity.getState().track(bridge.call('generate.run', { rules, caller: people.callerId() }))
      } catch (error) {
        set({ generateError: errorDataOf(error) })
        return null
      } finally {
        set({ generating: false })
      }
    },
  }))
  bridge.on('openRequested', ({ path }) => store.setState({ openRequested: path }))
  return store
}

export const transferStore: StoreKey<ReturnType<typeof createTransferStore>> = ({ bridge, get }) =>
  createTransferStore(bridge, get(peopleStore), get(activityStore))
