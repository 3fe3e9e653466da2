import type { Plan } from '../cascade/plan.ts'
import type { PlanAction, Preview } from '../contract/cascades.ts'
import type { MessageName } from '../contract/messages.ts'
import { STAGES } from '../contract/messages.ts'
import type { PluginStep } from '../contract/plugins.ts'
import type { ProcessDefinition, ProcessRun } from '../contract/processes.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { inOrder } from '../plugins/registry.ts'
import { kindOf } from './kinds/kind-of.ts'

/** A message that a part of a cascade raises, with the greatest possible number of records: filters are evaluated only when steps run. */
interface Raised {
  message: MessageName
  table: CompiledTable
  records: number
  /** The columns that change; `null` where the request says which. */
  columns: string[] | null
}

/** Returns the plug-in steps that a cascade will run. */
export function stepsOf(pipeline: Pipeline, settings: Settings, plan: Plan): Preview['steps'] {
  if (pipeline.isSilent) return []
  const counted = new Map<string, Raised>()
  for (const raised of raisedBy(settings, plan)) {
    const key = `${raised.message} ${raised.table.number}`
    const known = counted.get(key)
    if (known) known.records += raised.records
    else counted.set(key, { ...raised })
  }
  return [...counted.values()].flatMap(({ message, table, records }) => {
    const { PreValidation, PreOperation, PostOperation, async } = pipeline.steps(message, table)
    return [...PreValidation, ...PreOperation, ...PostOperation, ...async]
      .toSorted((a, b) => stageOf(a) - stageOf(b) || inOrder(a, b))
      .map(({ owner: _owner, ...step }) => ({ step, table: table.definition.logicalName, records }))
  })
}

/** Returns what of the customer's own solutions a cascade would start on the platform. */
export function processesOf(processes: readonly ProcessDefinition[], settings: Settings, plan: Plan): ProcessRun[] {
  if (processes.length === 0) return []
  const runs = new Map<string, ProcessRun>()
  for (const { message, table, records, columns } of raisedBy(settings, plan)) {
    const { logicalName } = table.definition
    for (const process of processes) {
      if (process.message !== message || (process.table !== null && process.table !== logicalName)) continue
      if (process.columns !== null && columns !== null && !process.columns.some((column) => columns.includes(column))) continue
      const key = `${process.id} ${message} ${logicalName}`
      const known = runs.get(key)
      if (known) known.records += records
      else runs.set(key, { process, table: logicalName, records })
    }
  }
  return [...runs.values()].toSorted((a, b) => stageOf(a.process) - stageOf(b.process) || a.process.rank - b.process.rank)
}

function raisedBy(settings: Settings, { request, groups }: Plan): Raised[] {
  const kind = kindOf(request.operation)
  const raised: Raised[] = []
  for (const { action, table, relationship, first, last } of groups)
    if (action !== 'check')
      for (const message of kind.raisedMessages(settings, action))
        raised.push({ message, table, records: last - first + 1, columns: changedColumns(action, relationship?.definition.attribute) })
  for (const message of kind.frame?.messages(settings) ?? []) raised.push({ message, table: request.table, records: 1, columns: null })
  return raised
}

function changedColumns(action: PlanAction, lookup: string | undefined): string[] | null {
  if (action === 'assign') return ['ownerid']
  return (action === 'unlink' || action === 'move') && lookup !== undefined ? [lookup] : null
}

const stageOf = ({ stage, mode }: Pick<PluginStep, 'stage' | 'mode'>): number => STAGES.indexOf(stage) + (mode === 'Async' ? 1 : 0)
