import type { Catalogue } from '../message.ts'
import { bridgeTexts } from './bridge.ts'
import { commerceTexts } from './commerce.ts'
import { dialogTexts } from './dialogs.ts'
import { errorTexts } from './errors.ts'
import { findingTexts } from './findings.ts'
import { generateTexts } from './generate.ts'
import { importTexts } from './import.ts'
import { jobTexts } from './jobs.ts'
import { lostPageTexts } from './lost-page.ts'
import { manifestTexts } from './manifest.ts'
import { menuTexts } from './menu.ts'
import { modelChangeTexts } from './model-changes.ts'
import { operationTexts } from './operations.ts'
import { originTexts } from './origins.ts'
import { packageTexts } from './packages.ts'
import { pipelineTexts } from './pipeline.ts'
import { platformTexts } from './platform.ts'
import { pluginTexts } from './plugins.ts'
import { progressTexts } from './progress.ts'
import { questionTexts } from './questions.ts'
import { reasonTexts } from './reasons.ts'
import { schemaTexts } from './schema.ts'
import { securityTexts } from './security.ts'
import { serviceTexts } from './service.ts'
import { sessionTexts } from './session.ts'
import { settingTexts } from './settings.ts'
import { storeTexts } from './store.ts'
import { valueTexts } from './values.ts'
import { verbatimTexts } from './verbatim.ts'
import { workbenchTexts } from './workbench.ts'

/** Everything that the engine and what surrounds it say. Faces add their own texts. */
export const ENGLISH_OF_MAIN: readonly Catalogue[] = [
  verbatimTexts,
  platformTexts,
  pipelineTexts,
  manifestTexts,
  packageTexts,
  pluginTexts,
  serviceTexts,
  importTexts,
  findingTexts,
  generateTexts,
  sessionTexts,
  workbenchTexts,
  bridgeTexts,
  errorTexts,
  progressTexts,
  menuTexts,
  dialogTexts,
  lostPageTexts,
  questionTexts,
  schemaTexts,
  settingTexts,
  operationTexts,
  securityTexts,
  jobTexts,
  reasonTexts,
  modelChangeTexts,
  originTexts,
  storeTexts,
  valueTexts,
  commerceTexts,
]
