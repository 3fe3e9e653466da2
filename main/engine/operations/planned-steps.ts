import type { Plan } from '../cascade/plan.ts'
import type { Preview } from '../contract/cascades.ts'
import type { MessageName } from '../contract/messages.ts'
import { STAGES } from '../contract/messages.ts'
import type { PluginStep } from '../contract/plugins.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { inOrder } from '../plugins/registry.ts'
import { kindOf } from './kinds/kind-of.ts'

/** Returns the plug-in steps that a cascade will run, with the greatest possible number of records: filters are evaluated only when steps run. */
export function stepsOf(pipeline: Pipeline, settings: Settings, { request, groups }: Plan): Preview['steps'] {
  if (pipeline.isSilent) return []
  const kind = kindOf(request.operation)
  const counted = new Map<string, { message: MessageName; table: CompiledTable; records: number }>()
  const count = (message: MessageName, table: CompiledTable, records: number): void => {
    const key = `${message} ${table.number}`
    const known = counted.get(key)
    if (known) known.records += records
    else counted.set(key, { message, table, records })
  }
  for (const { action, table, first, last } of groups)
    for (const message of kind.raisedMessages(settings, action)) if (action !== 'check') count(message, table, last - first + 1)
  for (const message of kind.frame?.messages(settings) ?? []) count(message, request.table, 1)
  return [...counted.values()].flatMap(({ message, table, records }) => {
    const { PreValidation, PreOperation, PostOperation, async } = pipeline.steps(message, table)
    return [...PreValidation, ...PreOperation, ...PostOperation, ...async]
      .toSorted((a, b) => stageOf(a) - stageOf(b) || inOrder(a, b))
      .map(({ owner: _owner, ...step }) => ({ step, table: table.definition.logicalName, records }))
  })
}

const stageOf = ({ stage, mode }: PluginStep): number => STAGES.indexOf(stage) + (mode === 'Async' ? 1 : 0)
