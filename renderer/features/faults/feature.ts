import './faults.css'
import type { Feature } from '../../frame/feature.ts'
import { faultsStore } from '../../frame/stores/faults.ts'
import { FaultsPanel } from './FaultsPanel.tsx'
import { faultsText } from './texts.ts'

/** What people make go wrong on purpose, to show what happens then. */
export const faults = {
  name: 'faults',
  stores: [faultsStore],
  panel: FaultsPanel,
  commands: [
    {
      label: faultsText.command,
      run: ({ get }) => get(faultsStore).getState().openPanel(true),
    },
  ],
} satisfies Feature
