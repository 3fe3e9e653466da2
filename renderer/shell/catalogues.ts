import { ENGLISH_OF_MAIN } from '#text/english/catalogues'
import type { Catalogue } from '#text/message'
import { cascadeTexts } from '../features/cascades/texts.ts'
import { faultsTexts } from '../features/faults/texts.ts'
import { jobsTexts } from '../features/jobs/texts.ts'
import { modelTexts } from '../features/model/texts.ts'
import { overviewTexts } from '../features/overview/texts.ts'
import { pluginsTexts } from '../features/plugins/texts.ts'
import { recordTexts } from '../features/records/texts.ts'
import { settingsTexts } from '../features/settings/texts.ts'
import { startTexts } from '../features/start/texts.ts'
import { traceTexts } from '../features/trace/texts.ts'
import { transferTexts } from '../features/transfer/texts.ts'
import { frameTexts } from '../frame/texts.ts'
import { formatTexts } from '../text/format-texts.ts'
import { languageTexts } from '../text/language-texts.ts'
import { uiTexts } from '../ui/texts.ts'
import { shellTexts } from './texts.ts'

/** Every text that can come up on screen. */
export const CATALOGUES: readonly Catalogue[] = [
  ...ENGLISH_OF_MAIN,
  formatTexts,
  languageTexts,
  uiTexts,
  frameTexts,
  shellTexts,
  cascadeTexts,
  modelTexts,
  pluginsTexts,
  recordTexts,
  faultsTexts,
  jobsTexts,
  overviewTexts,
  settingsTexts,
  traceTexts,
  transferTexts,
  startTexts,
]
