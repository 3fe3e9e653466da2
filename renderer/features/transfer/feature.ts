import './transfer.css'
import { verbatim } from '#text/english/verbatim'
import { type Feature, goTo, opens, type WaitingFile } from '../../frame/feature.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { GenerateDialog } from './GenerateDialog.tsx'
import { ImportScreen } from './ImportScreen.tsx'
import { transferStore } from './stores/transfer.ts'
import { WaitingImport } from './WaitingImport.tsx'

/** Models and records from files, and records made by rule. */
export const transfer = {
  name: 'transfer',
  stores: [transferStore],
  screens: { import: ImportScreen },
  dialogs: { generate: GenerateDialog },
  commands: [
    goTo(verbatim.text({ text: 'Import a solution or data' }), { screen: 'import' }),
    opens(verbatim.text({ text: 'Generate records' }), { kind: 'generate', table: null }),
  ],
  startNotice: WaitingImport,
  waitingFile({ get }): WaitingFile | null {
    const { flow } = get(transferStore).getState()
    const next = verbatim.text({ text: 'is imported into it: you choose what, before anything is written.' })
    return flow.step === 'waiting' ? { path: flow.path, namesEnvironment: true, next } : null
  },
  environmentOpened({ get }) {
    const { flow, inspect } = get(transferStore).getState()
    if (flow.step !== 'waiting') return
    get(viewStore).getState().go({ screen: 'import' })
    void inspect(flow.path)
  },
} satisfies Feature
