import './start.css'
import { type Feature, opens } from '../../frame/feature.ts'
import { NewEnvironmentDialog } from './NewEnvironmentDialog.tsx'
import { OpenEnvironmentDialog } from './OpenEnvironmentDialog.tsx'
import { startText } from './texts.ts'

/** Environments: which there are, how to make and open one. */
export const start = {
  name: 'start',
  dialogs: { newEnvironment: NewEnvironmentDialog, openEnvironment: OpenEnvironmentDialog },
  commands: [
    opens(startText.newEnvironment, { kind: 'newEnvironment', sample: false }),
    opens(startText.openEnvironment, { kind: 'openEnvironment' }),
  ],
} satisfies Feature
