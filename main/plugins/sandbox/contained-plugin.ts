import type { Permission } from '#engine/model'
import type { LoadedPlugin, PluginPackage, SandboxLimits, StepAnswer, StepHost } from '#engine/plugin-runtime'
import { type Containment, ContainmentBroken, EndlessFunction, FunctionTooDeep } from './containment.ts'
import type { Address } from './engine-module.ts'
import { Runs } from './runs.ts'
import type { Timekeeper } from './time.ts'
import { isPluginInvalid, openWorld, stackOf, type World } from './world.ts'

export interface PluginSurroundings {
  /** The containment to use now; `undefined` while a broken one is being replaced. */
  containment(): Containment | undefined
  time: Timekeeper
}

/**
 * A plug-in in its own world. After it was stopped or ran out of memory, or the containment broke, the world is given up, and the next
 * run loads the module again: what its variables held is lost, which the contract allows.
 */
export class ContainedPlugin implements LoadedPlugin {
  readonly #pluginPackage: PluginPackage
  readonly #permissions: readonly Permission[]
  readonly #limits: SandboxLimits
  readonly #surroundings: PluginSurroundings
  readonly #runs = new Runs()
  #world: World | undefined
  #isDisposed = false

  /** @throws PLUGIN_INVALID */
  constructor(pluginPackage: PluginPackage, permissions: readonly Permission[], limits: SandboxLimits, surroundings: PluginSurroundings) {
    this.#pluginPackage = pluginPackage
    this.#permissions = permissions
    this.#limits = limits
    this.#surroundings = surroundings
    this.#world = this.#open()
    this.definition = this.#world.definition
  }

  readonly definition: unknown

  run(step: number, context: string, host: StepHost, limitMs: number): StepAnswer {
    return this.#attempt(() => {
      const world = this.#liveWorld()
      const run = this.#runs.open(host)
      try {
        return this.#surroundings.time.within(limitMs, () => this.#ask(world, run, world.run, step, context))
      } finally {
        this.#runs.close(run)
      }
    })
  }

  async runAsync(step: number, context: string, host: StepHost, limitMs: number): Promise<StepAnswer> {
    return this.run(step, context, host, limitMs)
  }

  dispose(): void {
    this.#isDisposed = true
    this.#giveUp()
  }

  #ask(world: World, run: number, callee: Address, step: number, context: string): StepAnswer {
    try {
      return this.#toAnswer(world, run, world.guest.ask(callee, [run, step, context]))
    } catch (error) {
      if (error instanceof FunctionTooDeep)
        return { kind: 'failed', message: 'InternalError: stack overflow in a built-in function', stack: '' }
      if (!(error instanceof EndlessFunction)) throw error
      this.#surroundings.time.spendRest()
      return { kind: 'timeout' }
    }
  }

  #toAnswer(world: World, run: number, outcome: ReturnType<World['guest']['ask']>): StepAnswer {
    if (outcome.kind === 'timeout') return this.#spoil(world, { kind: 'timeout' })
    if (outcome.kind === 'text') {
      const answer = this.#runs.toStepAnswer(run, outcome.text, stackOf)
      return answer.kind === 'memory' ? this.#spoil(world, answer) : answer
    }
    // Not even describing what was thrown worked.
    const described = world.guest.ask(world.describe, [{ value: outcome.thrown }])
    world.guest.freeValue(outcome.thrown)
    if (described.kind === 'timeout') return this.#spoil(world, { kind: 'timeout' })
    if (described.kind === 'thrown') {
      world.guest.freeValue(described.thrown)
      return this.#spoil(world, { kind: 'memory' })
    }
    const answer = this.#runs.toStepAnswer(run, described.text, stackOf)
    return answer.kind === 'memory' ? this.#spoil(world, answer) : answer
  }

  /** Answers also when the module cannot be loaded again, or the containment breaks. */
  #attempt(work: () => StepAnswer): StepAnswer {
    try {
      return work()
    } catch (error) {
      if (error instanceof ContainmentBroken) return { kind: 'broken', message: error.message }
      if (isPluginInvalid(error)) return { kind: 'failed', message: error.message, stack: '' }
      throw error
    }
  }

  #liveWorld(): World {
    if (this.#isDisposed) throw new Error('The plug-in has been disposed of')
    const containment = this.#surroundings.containment()
    if (containment === undefined) throw new ContainmentBroken('The containment is being made anew')
    if (this.#world?.guest.containment !== containment) this.#world = undefined
    this.#world ??= this.#open()
    return this.#world
  }

  #spoil(world: World, answer: StepAnswer): StepAnswer {
    if (answer.kind === 'memory') world.guest.containment.ranOutOfMemory()
    if (this.#world === world) this.#giveUp()
    return answer
  }

  #giveUp(): void {
    this.#world?.guest.dispose()
    this.#world = undefined
  }

  #open(): World {
    const containment = this.#surroundings.containment()
    if (containment === undefined) throw new Error('The containment is not ready: wait for ready() first')
    return this.#surroundings.time.within(this.#limits.timeMs, () =>
      openWorld({
        containment,
        pluginPackage: this.#pluginPackage,
        permissions: this.#permissions,
        memoryBytes: this.#limits.memoryMegabytes * 1024 * 1024,
        isTimeUp: () => this.#surroundings.time.isTimeUp(),
        outside: this.#outside(),
      }),
    )
  }

  #outside() {
    const { time } = this.#surroundings
    return {
      call: (run: number, method = '', args = '') => {
        time.countCall()
        return this.#runs.call(run, method, args)
      },
      trace: (run: number, text = '') => {
        time.countCall()
        return this.#runs.trace(run === 0 ? this.#runs.innermost : run, text)
      },
      settled: () => undefined,
    }
  }
}
