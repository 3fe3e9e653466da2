import './start.css'
import { type Feature, opens } from '../../frame/feature.ts'
import { NewEnvironmentDialog } from './NewEnvironmentDialog.tsx'
import { OpenEnvironmentDialog } from './OpenEnvironmentDialog.tsx'

/** Environments: which there are, how to make and open one. */
export const start = {
  name: 'start',
  dialogs: { newEnvironment: NewEnvironmentDialog, openEnvironment: OpenEnvironmentDialog },
  commands: [opens('New environment', { kind: 'newEnvironment', sample: false }), opens('Open environment', { kind: 'openEnvironment' })],
} satisfies Feature
