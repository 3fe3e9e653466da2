import type { EngineOptions } from './engine.ts'
import { EngineError } from './errors.ts'
import type { CompiledModel } from './model/compiled-model.ts'
import type { Settings } from './model.ts'
import type { Connection } from './store/connection.ts'
import { modelVersion, readModel } from './store/metadata.ts'
import type { PlanTable } from './store/plan-table.ts'
import type { OwnerRow } from './store/rows.ts'
import { findOwner } from './store/rows.ts'
import { readSettings } from './store/settings.ts'

/** One connection with what is known from it, read again when another thread or program has committed. */
export class Session {
  readonly connection: Connection
  readonly options: EngineOptions
  /** Of a synchronous cascade that stands still before it is applied, while somebody looks on. */
  heldPlan: PlanTable | undefined
  #model: CompiledModel
  #settings: Settings
  #mark: string

  constructor(connection: Connection, options: EngineOptions) {
    this.connection = connection
    this.options = options
    this.#model = readModel(connection)
    this.#settings = readSettings(connection)
    this.#mark = connection.metadataMark()
  }

  get model(): CompiledModel {
    this.#refresh()
    return this.#model
  }

  get settings(): Settings {
    this.#refresh()
    return this.#settings
  }

  #refresh(): void {
    const mark = this.connection.metadataMark()
    if (mark === this.#mark) return
    this.#mark = mark
    if (modelVersion(this.connection) !== this.#model.version) {
      this.connection.metadataChanged()
      this.#mark = this.connection.metadataMark()
      this.#model = readModel(this.connection)
    }
    this.#settings = readSettings(this.connection)
  }

  /** The user in whose name something is done. @throws INPUT_INVALID for nobody, CASCADE_REFUSED for a disabled user. */
  caller(name: string): OwnerRow {
    const caller = findOwner(this.connection, this.model, name)
    if (caller?.table !== 'systemuser')
      throw new EngineError('INPUT_INVALID', `There is no user "${name}".`, {
        hint: 'Choose one of the users of this environment.',
        details: { caller: name },
      })
    if (caller.disabled)
      throw new EngineError('CASCADE_REFUSED', `The specified user ${name} is either disabled or is not a member of any business unit.`, {
        platform: 'unManagedidsusernotenabled',
        details: { caller: name },
      })
    return caller
  }
}
