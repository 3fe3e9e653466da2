import type { ModeChoice } from '#engine/contract/cascades'
import type { ModelDefinition } from '#engine/contract/tables'
import { mergeModels } from '#engine/model/merge-models'
import type { CommerceSetUp } from '../commerce/headquarters/set-up.ts'
import { keyText, type RecordKey } from './cells.ts'
import { prepareCommerce } from './commerce-section.ts'
import { declareModel } from './declared-model.ts'
import type { Evaluate } from './expectations/expectation.ts'
import { type NamedLinks, readLinks } from './format/links.ts'
import { isGuid, type RecordName } from './format/names-in-text.ts'
import type { PluginEntry } from './format/plugins.ts'
import type { StatedScenario } from './format/scenario.ts'
import type { StatedAction, StatedPlace, StatedStep } from './format/steps.ts'
import { Names } from './names.ts'
import type { Runnable } from './operations/operation.ts'
import { checkSecurity, type PreparedSecurity } from './prepare-security.ts'
import { expandRows, type ScenarioRow } from './rows.ts'
import { invalid, type Located } from './scenario-error.ts'

/** A scenario whose names have been checked. */
export interface PreparedScenario {
  title: string
  /** The model that the file declares, to be merged with the imported one. */
  declared: ModelDefinition
  settings: StatedScenario['settings']
  users: string[]
  /** `null` where everybody is System Administrator. */
  security: PreparedSecurity | null
  /** Plug-ins to install before the first step. */
  plugins: PluginEntry[]
  /** Plug-ins that steps install. */
  installed: PluginEntry[]
  /** Plug-ins that steps and expectations name. */
  pluginNames: Located<string>[]
  rows: ScenarioRow[]
  /** Channels, features and customers of Commerce; `null` where the file has none. */
  commerce: CommerceSetUp | null
  /** Links between rows of the file, stored before the first step. */
  links: NamedLinks[]
  steps: PreparedStep[]
  /** The known names, for further steps. */
  names: Names
}

/** An operation with its user and its expectations. */
export interface PreparedAction {
  operation: string
  /** Who acts, as the file names them; null for the administrator. */
  caller: RecordKey | null
  mode: ModeChoice
  run: Runnable
  expectations: Evaluate[]
  /** Whether the file states the outcome; otherwise it must be Completed. */
  statesOutcome: boolean
}

export interface PreparedStep extends PreparedAction {
  name: string | null
  detach: boolean
  during: PreparedPoint[]
}

export interface PreparedPoint extends PreparedAction {
  place: PreparedPlace
}

export type PreparedPlace = Exclude<StatedPlace, { kind: 'beforeRecord' }> | { text: string; kind: 'beforeRecord'; record: RecordKey }

/**
 * Checks every name of a scenario against the model and the records that it defines.
 * @throws ScenarioError with the place of the first unknown name
 */
export function prepareScenario(
  stated: StatedScenario,
  imported: ModelDefinition,
  importedRoles: readonly string[] = [],
): PreparedScenario {
  const declared = declareModel(stated.model, imported)
  const names = new Names(mergeModels(imported, declared).model, stated.security, importedRoles)
  const commerce = stated.commerce === null ? null : prepareCommerce(stated.commerce, names.commerce)
  const security = stated.security === null ? null : checkSecurity(stated.security, names)
  const rows = expandRows(stated.records, stated.generate, names)
  const links = stated.links.map((each) => readLinks(each, names, (name) => storedRow(name, names)))
  for (const step of stated.steps) defineCreated(step, names)
  const steps = stated.steps.map((step) => prepareStep(step, names))
  return {
    title: stated.title,
    declared,
    settings: stated.settings,
    users: [...names.users],
    security,
    plugins: stated.plugins,
    installed: names.installed,
    pluginNames: names.plugins,
    rows,
    commerce,
    links,
    steps,
    names,
  }
}

/** Prepares one more step of a running scenario. @throws ScenarioError as for the whole scenario */
export function prepareFurther(step: StatedStep, names: Names): PreparedStep {
  defineCreated(step, names)
  return prepareStep(step, names)
}

/** Returns a record that exists before the first step. */
function storedRow(name: RecordName, names: Names): RecordKey {
  const key = names.record(name)
  if (isGuid(key.id) && !names.isDefined(key)) throw invalid(`The file does not define a record ${keyText(key)} to link.`, name.at)
  return key
}

function defineCreated({ operation, during }: StatedStep, names: Names): void {
  for (const { creates, define } of [operation, ...during.map((point) => point.operation)]) {
    if (creates !== null) names.define({ table: creates.table, id: creates.id }, creates.at, 'created')
    define(names)
  }
}

function prepareStep(step: StatedStep, names: Names): PreparedStep {
  const action = prepareAction(step, names)
  // Actions during a step can name its job once it is planned.
  if (step.name !== null) {
    names.defineStep(step.name.value)
    if (step.operation.stages !== null) names.commerce.defineOperation(step.name.value, step.operation.stages)
  }
  const during = step.during.map((point) => ({ ...prepareAction(point, names), place: preparePlace(point.place, names) }))
  return { ...action, name: step.name?.value ?? null, detach: step.detach, during }
}

function prepareAction({ operation, as, mode, expect }: StatedAction, names: Names): PreparedAction {
  const caller = as === null ? null : names.user(as)
  const run = operation.prepare(names)
  return {
    operation: operation.key,
    caller,
    mode,
    run,
    expectations: expect.map((expectation) => expectation.prepare(names)),
    statesOutcome: expect.some(({ key }) => key === 'outcome'),
  }
}

const preparePlace = (place: StatedPlace, names: Names): PreparedPlace =>
  place.kind === 'beforeRecord' ? { ...place, record: names.record(place.record) } : place
