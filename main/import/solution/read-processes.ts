import { z } from 'zod'
import { EngineError } from '#engine/contract/errors'
import type { StageName } from '#engine/contract/messages'
import { MESSAGES } from '#engine/contract/messages'
import type { ProcessDefinition } from '#engine/contract/processes'
import { findingText } from '#text/english/findings'
import { decodeAll } from '../files/decode-text.ts'
import type { SourceFile } from '../files/file-tree.ts'
import { nameOf } from '../files/file-tree.ts'
import { readAll } from '../files/read-limited.ts'
import { LIMITS } from '../limits.ts'
import type { Findings } from '../report/findings.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, descendant, textOf } from '../xml/xml-element.ts'

const WORKFLOW_ELEMENTS: ReadonlySet<string> = new Set(
  `Category Mode PrimaryEntity TriggerOnCreate TriggerOnDelete TriggerOnUpdateAttributeList CreateStage UpdateStage DeleteStage StateCode
  JsonFileName Subprocess`.split(/\s+/),
)

const STEP_ELEMENTS: ReadonlySet<string> = new Set(
  `SdkMessageId SdkMessageName PluginTypeName PrimaryEntity Stage Mode Rank FilteringAttributes SdkMessageProcessingStepImages
  SdkMessageProcessingStepImage Attributes ImageType`.split(/\s+/),
)

/** Reads the workflows, flows and plug-in steps of a solution. Source: solution processes, Shapes. */
export async function readProcesses(
  files: { xml: readonly SourceFile[]; flows: readonly SourceFile[] },
  solution: string,
  findings: Findings,
): Promise<ProcessDefinition[]> {
  const workflows: XmlElement[] = []
  const found: ProcessDefinition[] = []
  const takeWorkflow = { keep: WORKFLOW_ELEMENTS, take: (element: XmlElement) => void workflows.push(element) }
  const takeStep = { keep: STEP_ELEMENTS, take: (element: XmlElement) => void found.push(...stepOf(element, solution, findings)) }
  for (const file of files.xml)
    await readXml(file, [
      { path: 'ImportExportXml/Workflows/Workflow', ...takeWorkflow },
      { path: 'Workflow', ...takeWorkflow },
      { path: 'ImportExportXml/SdkMessageProcessingSteps/SdkMessageProcessingStep', ...takeStep },
      { path: 'SdkMessageProcessingStep', ...takeStep },
    ])
  for (const element of workflows) {
    if (textOf(element, 'StateCode') === '0') findings.add('note', findingText.processOff, element.attributes.Name)
    else if (textOf(element, 'Category') === '5') found.push(...(await flowOf(element, files.flows, solution, findings)))
    else if ((textOf(element, 'Category') ?? '0') === '0') found.push(...workflowOf(element, solution))
    else findings.add('note', findingText.processOther, element.attributes.Name)
  }
  return found
}

const idOf = (text: string | undefined): string => (text ?? '').toLowerCase().replace(/[{}]/g, '')

const stageOf = (code: string | undefined): StageName =>
  code === '10' ? 'PreValidation' : code === '20' ? 'PreOperation' : 'PostOperation'

const listOf = (text: string | undefined): string[] | null => {
  const names = (text ?? '').split(',').map((name) => name.trim().toLowerCase())
  const known = names.filter((name) => name !== '')
  return known.length === 0 ? null : known
}

const NO_IMAGES = { preImage: null, postImage: null }

function workflowOf(element: XmlElement, solution: string): ProcessDefinition[] {
  const isRealTime = textOf(element, 'Mode') === '1'
  const updated = listOf(textOf(element, 'TriggerOnUpdateAttributeList'))
  const on = (message: string, stage: string, columns: string[] | null = null): ProcessDefinition => ({
    id: idOf(element.attributes.WorkflowId),
    kind: 'workflow',
    name: element.attributes.Name ?? '',
    message,
    table: textOf(element, 'PrimaryEntity')?.toLowerCase() ?? null,
    stage: isRealTime ? stageOf(textOf(element, stage)) : 'PostOperation',
    mode: isRealTime ? 'Sync' : 'Async',
    rank: 1,
    columns,
    ...NO_IMAGES,
    solution,
  })
  return [
    ...(textOf(element, 'TriggerOnCreate') === '1' ? [on('Create', 'CreateStage')] : []),
    ...(updated === null ? [] : [on('Update', 'UpdateStage', updated)]),
    ...(textOf(element, 'TriggerOnDelete') === '1' ? [on('Delete', 'DeleteStage')] : []),
  ]
}

/** The messages of a flow's trigger by their number. */
const FLOW_MESSAGES: Record<number, string[]> = {
  1: ['Create'],
  2: ['Delete'],
  3: ['Update'],
  4: ['Create', 'Update'],
  5: ['Create', 'Delete'],
  6: ['Update', 'Delete'],
  7: ['Create', 'Update', 'Delete'],
}

const flowShape = z.object({
  properties: z.object({
    definition: z.object({
      triggers: z
        .record(z.string(), z.object({ inputs: z.object({ parameters: z.record(z.string(), z.unknown()).optional() }).optional() }))
        .optional(),
    }),
  }),
})

async function flowOf(
  element: XmlElement,
  files: readonly SourceFile[],
  solution: string,
  findings: Findings,
): Promise<ProcessDefinition[]> {
  const wanted = nameOf(textOf(element, 'JsonFileName') ?? '').toLowerCase()
  const file = files.find(({ path }) => nameOf(path).toLowerCase() === wanted)
  const name = element.attributes.Name ?? wanted
  const read = file && (await readFlow(file))
  if (read === undefined) {
    findings.add('skipped', findingText.flowNotRead, name)
    return []
  }
  return Object.values(read.properties.definition.triggers ?? {}).flatMap(({ inputs }) => {
    const parameter = (key: string) => inputs?.parameters?.[`subscriptionRequest/${key}`]
    const table = parameter('entityname')
    if (typeof table !== 'string') return []
    const filter = parameter('filteringattributes')
    return (FLOW_MESSAGES[Number(parameter('message'))] ?? []).map(
      (message): ProcessDefinition => ({
        id: idOf(element.attributes.WorkflowId),
        kind: 'flow',
        name,
        message,
        table: table.toLowerCase(),
        stage: 'PostOperation',
        mode: 'Async',
        rank: 1,
        columns: message === 'Update' && typeof filter === 'string' ? listOf(filter) : null,
        ...NO_IMAGES,
        solution,
      }),
    )
  })
}

async function readFlow(file: SourceFile): Promise<z.output<typeof flowShape> | undefined> {
  try {
    const text = decodeAll(await readAll(file.read(), file.location, LIMITS.jsonBytes), file.location)
    return flowShape.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data
  } catch (error) {
    if (error instanceof EngineError || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Ids of the messages, which are the same in every organisation. */
const MESSAGE_IDS: Record<string, string> = {
  '9ebdbb1b-ea3e-db11-86a7-000a3a5473e8': 'Create',
  '20bebb1b-ea3e-db11-86a7-000a3a5473e8': 'Update',
  'a1bdbb1b-ea3e-db11-86a7-000a3a5473e8': 'Delete',
}

function stepOf(element: XmlElement, solution: string, findings: Findings): ProcessDefinition[] {
  const name = element.attributes.Name ?? textOf(element, 'PluginTypeName')?.split(',')[0] ?? ''
  const message = textOf(element, 'SdkMessageName') ?? MESSAGE_IDS[idOf(textOf(element, 'SdkMessageId'))] ?? /:\s*(\w+) of /.exec(name)?.[1]
  if (message === undefined) {
    findings.add('skipped', findingText.stepMessageUnknown, name)
    return []
  }
  const images = childrenOf(descendant(element, 'SdkMessageProcessingStepImages'), 'SdkMessageProcessingStepImage')
  const imageOf = (types: string[]): string[] | true | null => {
    const image = images.find((each) => types.includes(textOf(each, 'ImageType') ?? ''))
    return image ? (listOf(textOf(image, 'Attributes')) ?? true) : null
  }
  const known = MESSAGES.find((each) => each.toLowerCase() === message.toLowerCase()) ?? message
  const table = textOf(element, 'PrimaryEntity')?.toLowerCase()
  return [
    {
      id: idOf(element.attributes.SdkMessageProcessingStepId),
      kind: 'step',
      name,
      message: known,
      table: table === undefined || table === 'none' ? null : table,
      stage: stageOf(textOf(element, 'Stage')),
      mode: textOf(element, 'Mode') === '1' ? 'Async' : 'Sync',
      rank: Number(textOf(element, 'Rank') ?? 1) || 1,
      columns: known === 'Update' ? listOf(textOf(element, 'FilteringAttributes')) : null,
      preImage: imageOf(['0', '2']),
      postImage: imageOf(['1', '2']),
      solution,
    },
  ]
}
