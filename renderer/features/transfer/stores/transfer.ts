import { createStore } from 'zustand/vanilla'
import type { ChosenFile } from '#contract'
import type { ErrorData } from '#engine/contract/errors'
import type { CsvImport, CsvInspection, GenerateReport, GenerateRule, ImportReport, SourceInspection } from '#engine/contract/transfer'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import type { ActivityStore } from '../../../frame/stores/activity.ts'
import { activityStore } from '../../../frame/stores/activity.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'
import { transferText } from '../texts.ts'

/** The steps of an import, from the file to its report. */
export type ImportFlow =
  | { step: 'idle' }
  | { step: 'receiving'; name: string }
  /** Continues as soon as an environment is open. */
  | { step: 'waiting'; file: ChosenFile }
  | { step: 'inspecting'; file: ChosenFile }
  /** `file` is null where it did not reach the host. */
  | { step: 'failed'; file: ChosenFile | null; name: string; error: ErrorData }
  | {
      step: 'choosing'
      file: ChosenFile
      sources: SourceInspection[]
      only: string[]
      standard: boolean
      error: ErrorData | null
    }
  | { step: 'csv'; file: ChosenFile; inspection: CsvInspection; mapping: CsvImport; error: ErrorData | null }
  | { step: 'running'; file: ChosenFile }
  | { step: 'report'; file: ChosenFile; report: ImportReport }

export interface TransferState {
  flow: ImportFlow
  /** A file that the menu or the operating system asked to open and that has not been handled yet. */
  openRequested: ChosenFile | null
  generating: boolean
  generateError: ErrorData | null
  /** Brings dropped or chosen files to the host. Returns null if that failed. */
  receive(name: string, files: File[] | Promise<File[]>): Promise<ChosenFile | null>
  inspect(file: ChosenFile): Promise<void>
  /** Keeps a file until an environment is open. */
  wait(file: ChosenFile): void
  choose(change: { only?: string[]; standard?: boolean }): void
  mapCsv(mapping: CsvImport): void
  run(): Promise<void>
  startAgain(): void
  /** Stops what is being inspected, imported or generated. */
  stop(): Promise<void>
  generate(rules: GenerateRule[]): Promise<GenerateReport | null>
}

const isCsv = ({ name }: ChosenFile): boolean => /\.(csv|tsv|xlsx)$/i.test(name)

export function createTransferStore(bridge: BridgeClient, people: PeopleStore, activity: ActivityStore) {
  const store = createStore<TransferState>()((set, get) => ({
    flow: { step: 'idle' },
    openRequested: null,
    generating: false,
    generateError: null,
    async receive(name, files) {
      set({ flow: { step: 'receiving', name } })
      try {
        return await bridge.fileOf(await files)
      } catch (error) {
        set({ flow: { step: 'failed', file: null, name, error: errorDataOf(error) } })
        return null
      }
    },
    async inspect(file) {
      set({ flow: { step: 'inspecting', file } })
      try {
        if (isCsv(file)) {
          const inspection = await bridge.call('csv.inspect', file.token)
          set({ flow: { step: 'csv', file, inspection, mapping: inspection.suggestion ?? { table: '', columns: [] }, error: null } })
        } else {
          const sources = await activity.getState().track(bridge.call('import.inspect', file.token))
          set({
            flow: {
              step: 'choosing',
              file,
              sources,
              only: sources.map((source) => source.path),
              standard: true,
              error: null,
            },
          })
        }
      } catch (error) {
        set({ flow: { step: 'failed', file, name: file.name, error: errorDataOf(error) } })
      }
    },
    wait: (file) => set({ flow: { step: 'waiting', file } }),
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
      const { file } = flow
      const { token } = file
      set({ flow: { step: 'running', file } })
      try {
        const caller = people.callerId()
        const call =
          flow.step === 'csv'
            ? bridge.call('csv.import', { token, mapping: flow.mapping, caller })
            : bridge.call('import.run', {
                token,
                options: { only: flow.only, standard: flow.standard },
                caller,
              })
        set({ flow: { step: 'report', file, report: await activity.getState().track(call) } })
      } catch (error) {
        set({ flow: { ...flow, error: errorDataOf(error) } })
      }
    },
    startAgain: () => set({ flow: { step: 'idle' } }),
    async stop() {
      try {
        await bridge.call('work.stop', 'transfer')
      } catch (error) {
        activity.getState().reportError(transferText.notStopped, error)
      }
    },
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
  bridge.on('openRequested', (file) => store.setState({ openRequested: file }))
  return store
}

export const transferStore: StoreKey<ReturnType<typeof createTransferStore>> = ({ bridge, get }) =>
  createTransferStore(bridge, get(peopleStore), get(activityStore))
