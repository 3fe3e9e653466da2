import { platform } from '#text/english/platform'
import type { CascadeOperation } from '../contract/cascades.ts'
import type { EngineOptions } from '../contract/engine.ts'
import { EngineError } from '../contract/errors.ts'
import type { ProcessDefinition } from '../contract/processes.ts'
import { SYSTEM_USER_ID } from '../contract/security.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { isAgreed } from '../plugins/agreement.ts'
import { PluginModules } from '../plugins/modules.ts'
import { StepRegistry } from '../plugins/registry.ts'
import type { Connection } from '../store/connection.ts'
import { modelVersion, readModel } from '../store/metadata.ts'
import { readProcesses } from '../store/model-sources.ts'
import type { OwnerRow } from '../store/owners.ts'
import { getUser } from '../store/owners.ts'
import type { PlanTable } from '../store/plan-table.ts'
import type { StoredPlugin } from '../store/plugins.ts'
import { pluginVersion, readPlugins } from '../store/plugins.ts'
import type { ReadSettings } from '../store/settings.ts'
import { readSettings } from '../store/settings.ts'
import { systemUser } from '../store/system-user.ts'
import { HeldJobs } from './held-jobs.ts'

/** One connection with cached model, settings and plug-ins, which are read again when another thread or program has committed. */
export class Session {
  readonly connection: Connection
  readonly options: EngineOptions
  readonly modules: PluginModules
  readonly held = new HeldJobs()
  #heldPlan: PlanTable | undefined
  #heldOperation: CascadeOperation | undefined
  #model: CompiledModel
  #processes: readonly ProcessDefinition[] | undefined
  #settings: ReadSettings
  #registry: StepRegistry
  #mark: string
  #seenIn = 0
  #seenMark = 0
  /** Agreements by plug-in. A changed plug-in is read again and is therefore another key. */
  readonly #agreed = new WeakMap<StoredPlugin, boolean>()

  constructor(connection: Connection, options: EngineOptions) {
    this.connection = connection
    this.options = options
    this.#model = readModel(connection)
    this.#settings = readSettings(connection)
    this.#registry = this.readRegistry()
    this.modules = new PluginModules(connection, options.plugins)
    this.#mark = connection.metadataMark()
  }

  /** The records that a synchronous cascade holds while an observer delays it, until its plan is disposed of. */
  get heldPlan(): PlanTable | undefined {
    return this.#heldPlan?.isDisposed ? undefined : this.#heldPlan
  }

  /** The operation of the synchronous cascade that holds its records. */
  get heldOperation(): CascadeOperation | undefined {
    return this.heldPlan && this.#heldOperation
  }

  /** Holds the records of a plan; without an operation, those of a change of one record. */
  hold(table: PlanTable, operation?: CascadeOperation): void {
    this.#heldPlan = table
    this.#heldOperation = operation
  }

  get model(): CompiledModel {
    this.#refresh()
    return this.#model
  }

  /** What the sources of the model would run on the platform. */
  get processes(): readonly ProcessDefinition[] {
    this.#refresh()
    this.#processes ??= readProcesses(this.connection)
    return this.#processes
  }

  get settings(): Settings {
    this.#refresh()
    return this.#settings.settings
  }

  /** The names of settings whose stored value is not valid and that have their default instead. */
  get invalidSettings(): readonly string[] {
    this.#refresh()
    return this.#settings.invalid
  }

  get registry(): StepRegistry {
    this.#refresh()
    return this.#registry
  }

  /** Reads the steps from the store, with the names that their users have now. */
  readRegistry(): StepRegistry {
    return new StepRegistry(pluginVersion(this.connection), readPlugins(this.connection), this.options.agreementKey)
  }

  #refresh(): void {
    // Within a write transaction no other connection commits, so only changes of this connection matter.
    const { transaction, ownMetadataMark } = this.connection
    if (transaction !== 0 && transaction === this.#seenIn && ownMetadataMark === this.#seenMark) return
    this.#seenIn = transaction
    this.#seenMark = ownMetadataMark
    const mark = this.connection.metadataMark()
    if (mark === this.#mark) return
    this.#mark = mark
    if (modelVersion(this.connection) !== this.#model.version) {
      this.connection.metadataChanged()
      this.#mark = this.connection.metadataMark()
      this.#model = readModel(this.connection)
      this.#processes = undefined
    }
    this.#settings = readSettings(this.connection)
    if (pluginVersion(this.connection) !== this.#registry.version) {
      this.#registry = this.readRegistry()
      this.modules.keepOnly(this.#registry.plugins)
    }
  }

  /** Returns whether the user of this computer has agreed to what a plug-in may do. */
  isAgreed(plugin: StoredPlugin): boolean {
    const known = this.#agreed.get(plugin) ?? isAgreed(plugin, this.options.agreementKey)
    this.#agreed.set(plugin, known)
    return known
  }

  /**
   * Returns the user who acts, by GUID or by a name that no other user has, or the system.
   * @throws INPUT_INVALID for an unknown user, NAME_AMBIGUOUS for a shared name, CASCADE_REFUSED for a disabled user
   */
  caller(name: string): OwnerRow {
    if (name === SYSTEM_USER_ID) return systemUser(this.connection)
    const caller = getUser(this.connection, name, 'caller')
    if (caller.disabled)
      throw new EngineError('CASCADE_REFUSED', platform.userDisabled({ user: caller.name }), {
        platform: 'unManagedidsusernotenabled',
        details: { caller: name },
      })
    return caller
  }
}
