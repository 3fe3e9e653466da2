import type { MessageName, StageName } from '../contract/messages.ts'
import { STAGES } from '../contract/messages.ts'
import type { PluginStep, StepInOrder } from '../contract/plugins.ts'
import type { StoredPlugin } from '../store/plugins.ts'
import { statusOfPlugin } from './agreement.ts'

/** A step of an enabled plug-in. */
export interface RegisteredStep extends PluginStep {
  owner: StoredPlugin
}

/** The steps of one message on one table, by stage and in the order of execution; asynchronous ones separately. */
export interface StepsOfMessage {
  PreValidation: readonly RegisteredStep[]
  PreOperation: readonly RegisteredStep[]
  PostOperation: readonly RegisteredStep[]
  async: readonly RegisteredStep[]
  /** Column sets of the pre-images that steps from PreOperation on need. */
  preImages: readonly (string[] | true)[]
  any: boolean
}

const NONE: StepsOfMessage = { PreValidation: [], PreOperation: [], PostOperation: [], async: [], preImages: [], any: false }

/** Finds the steps of a message and table. Rebuilt whenever plug-ins change, and used for each record. */
export class StepRegistry {
  readonly version: number
  readonly plugins: readonly StoredPlugin[]
  /** Whether there are no steps at all. */
  readonly isEmpty: boolean
  readonly #agreementKey: string | undefined
  readonly #byMessage = new Map<MessageName, RegisteredStep[]>()
  readonly #found = new Map<MessageName, Map<string | null, StepsOfMessage>>()

  constructor(version: number, plugins: readonly StoredPlugin[], agreementKey: string | undefined) {
    this.version = version
    this.plugins = plugins
    this.#agreementKey = agreementKey
    for (const owner of plugins) {
      if (!owner.isEnabled) continue
      for (const step of owner.steps) {
        const listening = this.#byMessage.get(step.message)
        if (listening) listening.push({ ...step, owner })
        else this.#byMessage.set(step.message, [{ ...step, owner }])
      }
    }
    this.isEmpty = this.#byMessage.size === 0
  }

  /** Returns the steps of a message on a table, or without one. */
  steps(message: MessageName, table: string | null): StepsOfMessage {
    const byTable = this.#found.get(message) ?? new Map<string | null, StepsOfMessage>()
    this.#found.set(message, byTable)
    const known = byTable.get(table)
    if (known) return known
    const steps = (this.#byMessage.get(message) ?? []).filter((step) => step.table === null || step.table === table).toSorted(inOrder)
    const found = steps.length === 0 ? NONE : byStage(steps)
    byTable.set(table, found)
    return found
  }

  /** Returns every installed step, enabled or not, in the order of execution. */
  inOrder({ table, message }: { table?: string; message?: MessageName }): StepInOrder[] {
    return this.plugins
      .flatMap((plugin) =>
        plugin.steps.map((step) => ({ ...step, version: plugin.version, status: statusOfPlugin(plugin, this.#agreementKey) })),
      )
      .filter(
        (step) =>
          (table === undefined || step.table === null || step.table === table) && (message === undefined || step.message === message),
      )
      .toSorted((a, b) => a.message.localeCompare(b.message) || stageOf(a) - stageOf(b) || inOrder(a, b))
  }
}

function byStage(steps: RegisteredStep[]): StepsOfMessage {
  const of = (stage: StageName) => steps.filter((step) => step.stage === stage && step.mode === 'Sync')
  const later = steps.filter(({ stage, preImage }) => stage !== 'PreValidation' && preImage !== null)
  const images = new Map(later.map(({ preImage }) => [JSON.stringify(preImage), preImage]))
  return {
    PreValidation: of('PreValidation'),
    PreOperation: of('PreOperation'),
    PostOperation: of('PostOperation'),
    async: steps.filter(({ mode }) => mode === 'Async'),
    preImages: [...images.values()].filter((image) => image !== null),
    any: true,
  }
}

const stageOf = ({ stage, mode }: PluginStep): number => STAGES.indexOf(stage) + (mode === 'Async' ? 1 : 0)

/** Compares steps by rank, then by the plug-in's name, then by position in the plug-in. Source: plug-in contract, `rank`. */
export const inOrder = (a: PluginStep, b: PluginStep): number => a.rank - b.rank || compareText(a.plugin, b.plugin) || a.ordinal - b.ordinal

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
