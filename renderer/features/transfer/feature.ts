import './transfer.css'
import { type Feature, goTo, opens, type WaitingFile } from '../../frame/feature.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { GenerateDialog } from './GenerateDialog.tsx'
import { ImportScreen } from './ImportScreen.tsx'
import { transferStore } from './stores/transfer.ts'
import { transferText } from './texts.ts'
import { WaitingImport } from './WaitingImport.tsx'

/** Models and records from files, and records made by rule. */
export const transfer = {
  name: 'transfer',
  stores: [transferStore],
  screens: { import: ImportScreen },
  dialogs: { generate: GenerateDialog },
  commands: [
    goTo(transferText.importCommand, { screen: 'import' }),
    opens(transferText.generateRecords, { kind: 'generate', table: null }),
  ],
  startNotice: WaitingImport,
  waitingFile({ get }): WaitingFile | null {
    const { flow } = get(transferStore).getState()
    if (flow.step !== 'waiting') return null
    return { name: flow.file.name, namesEnvironment: true, outlook: transferText.waiting.outlook({ file: flow.file.name }) }
  },
  environmentOpened({ get }) {
    const { flow, inspect } = get(transferStore).getState()
    if (flow.step !== 'waiting') return
    get(viewStore).getState().go({ screen: 'import' })
    void inspect(flow.file)
  },
} satisfies Feature
