import './trace.css'
import { type Feature, goTo } from '../../frame/feature.ts'
import { RecordSteps } from './RecordSteps.tsx'
import { openRunStore } from './stores/open-run.ts'
import { recordRunsStore } from './stores/record-runs.ts'
import { traceStore } from './stores/trace.ts'
import { TraceLog } from './TraceLog.tsx'
import { traceText } from './texts.ts'

/** The plug-in trace log: what each run of a step saw and did. */
export const trace = {
  name: 'trace',
  stores: [traceStore, openRunStore, recordRunsStore],
  screens: { trace: TraceLog },
  commands: [goTo(traceText.goTo, { screen: 'trace', run: null })],
  recordPart: { part: 'steps', label: traceText.ofRecord.label, component: RecordSteps },
} satisfies Feature
