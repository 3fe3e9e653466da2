import { invalid } from '../scenario-error.ts'
import { entryOf, fields, listOf, located, type Shape, text } from '../shape.ts'
import { readSource, type SourceNode } from '../source.ts'
import { type CommerceSection, commerceShape } from './commerce.ts'
import { linksShape, type StatedLinks } from './links.ts'
import { type ModelSection, modelShape } from './model.ts'
import { type PluginEntry, pluginShape } from './plugins.ts'
import { type GenerateEntry, generateShape, type RecordsSection, recordsShape } from './records.ts'
import { type SecuritySection, securityShape } from './security.ts'
import { settingsShape } from './settings.ts'
import { type StatedStep, stepShape } from './steps.ts'

/** A scenario file whose shape has been checked. `prepareScenario` checks its names. */
export interface StatedScenario {
  title: string
  model: ModelSection
  settings: ReturnType<typeof settingsShape>
  security: SecuritySection | null
  plugins: PluginEntry[]
  records: RecordsSection
  links: StatedLinks[]
  generate: GenerateEntry[]
  commerce: CommerceSection | null
  steps: StatedStep[]
}

const topLevel = fields(
  'a scenario',
  { scenario: text('a title'), steps: listOf('steps', stepShape) },
  {
    description: text(),
    model: located(modelShape),
    settings: settingsShape,
    security: securityShape,
    plugins: listOf('plug-ins', pluginShape),
    records: recordsShape,
    links: listOf('links', linksShape('links')),
    generate: generateShape,
    commerce: commerceShape,
  },
)

const scenarioShape: Shape<StatedScenario> = (node) => {
  const read = topLevel(node)
  if (read.model === undefined && read.commerce === undefined) throw invalid('Key "model" is missing in a scenario.', node.at)
  return {
    title: read.scenario,
    model: read.model?.value ?? {},
    settings: read.settings ?? {},
    security: read.security ?? null,
    plugins: read.plugins ?? [],
    records: read.records ?? [],
    links: read.links ?? [],
    generate: read.generate ?? [],
    commerce: read.commerce ?? null,
    steps: read.steps,
  }
}

/** Reads a scenario. @throws ScenarioError with the first place that does not follow the format */
export function parseScenario(source: SourceNode): StatedScenario {
  return scenarioShape(source)
}

/** Returns the title, even of a file with errors, if it can be read. */
export function titleOf(source: string): string | null {
  try {
    const title = entryOf(readSource(source), 'scenario')?.value
    return title?.kind === 'scalar' && typeof title.value === 'string' ? title.value : null
  } catch {
    return null
  }
}
