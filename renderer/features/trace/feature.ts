import './trace.css'
import { verbatim } from '#text/english/verbatim'
import { type Feature, goTo } from '../../frame/feature.ts'
import { RecordSteps } from './RecordSteps.tsx'
import { openRunStore } from './stores/open-run.ts'
import { recordRunsStore } from './stores/record-runs.ts'
import { traceStore } from './stores/trace.ts'
import { TraceLog } from './TraceLog.tsx'

/** The plug-in trace log: what each run of a step saw and did. */
export const trace = {
  name: 'trace',
  stores: [traceStore, openRunStore, recordRunsStore],
  screens: { trace: TraceLog },
  commands: [goTo(verbatim.text({ text: 'Plug-in trace log' }), { screen: 'trace', run: null })],
  recordPart: { part: 'steps', label: verbatim.text({ text: 'Plug-in steps' }), component: RecordSteps },
} satisfies Feature
