import { randomUUID } from 'node:crypto'
import type { LoadedPlugin, PluginPackage, SandboxLimits, StepAnswer, StepHost } from '#engine/contract/plugin-runtime'
import type { Permission } from '#engine/contract/plugins'
import { type Containment, ContainmentBroken, EndlessFunction, FunctionTooDeep } from './containment.ts'
import { filesFor } from './files.ts'
import type { OutsideFunction } from './guest.ts'
import { type Arrival, PendingWork } from './pending-work.ts'
import { Runs } from './runs.ts'
import type { Timekeeper } from './time.ts'
import { isOutOfMemory, isPluginInvalid, openWorld, stackOf, type World, withoutOurLines } from './world.ts'

export interface PluginSurroundings {
  /** Returns the current containment; `undefined` while calls into a broken one have not ended. */
  containment(): Containment | undefined
  time: Timekeeper
  random: (() => number) | undefined
  forbidden(): string[]
}

const JOBS_AT_ONCE = 100

/**
 * Runs a plug-in in its own world. After it was stopped or ran out of memory, or the containment broke, the world is discarded, and the
 * next run loads the module again. Its module variables are lost, which the contract allows.
 */
export class ContainedPlugin implements LoadedPlugin {
  readonly definition: unknown
  readonly #pluginPackage: PluginPackage
  readonly #permissions: readonly Permission[]
  readonly #limits: SandboxLimits
  readonly #surroundings: PluginSurroundings
  readonly #runs = new Runs(withoutOurLines)
  /** Timers and requests of unfinished asynchronous runs. */
  readonly #pending = new Map<number, PendingWork>()
  readonly #settled = new Map<number, string>()
  #lastNumber = 0
  #world: World | undefined
  /** Chains asynchronous runs, so that timers and requests belong to one run at a time. */
  #asyncRuns: Promise<unknown> = Promise.resolve()
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

  run(step: number, context: string, host: StepHost, limitMs: number): StepAnswer {
    const run = this.#runs.open(host, false)
    try {
      return this.#within(run, limitMs, () => {
        const world = this.#liveWorld()
        return this.#toAnswer(world, run, world.guest.ask(world.run, [run, step, context]))
      })
    } finally {
      this.#runs.close(run)
    }
  }

  runAsync(step: number, context: string, host: StepHost, limitMs: number): Promise<StepAnswer> {
    const result = this.#asyncRuns.then(() => this.#runAsync(step, context, host, limitMs))
    this.#asyncRuns = result
    return result
  }

  async #runAsync(step: number, context: string, host: StepHost, limitMs: number): Promise<StepAnswer> {
    const { time } = this.#surroundings
    const deadline = time.now() + limitMs
    const run = this.#runs.open(host, true)
    const pending = new PendingWork(time, () => {
      this.#lastNumber += 1
      return this.#lastNumber
    })
    this.#pending.set(run, pending)
    let world: World | undefined
    try {
      let answer = this.#within(run, limitMs, () => {
        world = this.#liveWorld()
        const outcome = world.guest.ask(world.start, [run, step, context])
        return outcome.kind === 'text' && outcome.text === 'w' ? this.#goOn(world, run) : this.#toAnswer(world, run, outcome)
      })
      while (answer === undefined && world !== undefined) {
        if (pending.isEmpty) return neverSettles()
        const arrival = await pending.next(deadline)
        const usedWorld: World = world
        if (this.#world !== usedWorld) return { kind: 'broken', message: 'The plug-in was loaded again while the step was waiting' }
        if (arrival === undefined) return this.#spoil(usedWorld, { kind: 'timeout' })
        answer = this.#within(run, deadline - time.now(), () => this.#goOn(usedWorld, run, arrival))
      }
      return answer as StepAnswer
    } finally {
      pending.close()
      this.#pending.delete(run)
      this.#settled.delete(run)
      this.#runs.close(run)
    }
  }

  dispose(): void {
    this.#isDisposed = true
    this.#giveUp()
  }

  /** Delivers an arrival to the world and runs what it triggers. Returns the step's answer as soon as there is one. */
  #goOn(world: World, run: number, arrival?: Arrival): StepAnswer | undefined {
    const { guest } = world
    if (arrival !== undefined) {
      const outcome =
        arrival.kind === 'timer' ? guest.ask(world.fire, [arrival.timer]) : guest.ask(world.respond, [arrival.request, arrival.answer])
      // A timer's function threw, or was stopped.
      if (outcome.kind !== 'text' || outcome.text !== '') return this.#toAnswer(world, run, outcome)
    }
    while (guest.hasJobs() && !this.#settled.has(run))
      if (guest.runJobs(JOBS_AT_ONCE) === 'timeout' || this.#surroundings.time.isTimeUp()) return this.#spoil(world, { kind: 'timeout' })
    const settled = this.#settled.get(run)
    return settled === undefined ? undefined : this.#toAnswer(world, run, { kind: 'text', text: settled })
  }

  /** Runs work within the time limit. Returns an answer even if the module cannot be loaded again or the containment breaks. */
  #within<T>(run: number, limitMs: number, work: () => T): T | StepAnswer {
    const { time } = this.#surroundings
    return time.within(limitMs, () => {
      try {
        return this.#runs.executing(run, work)
      } catch (error) {
        if (error instanceof EndlessFunction) return { kind: 'timeout' }
        if (error instanceof FunctionTooDeep)
          return { kind: 'failed', message: 'InternalError: stack overflow in a built-in function', stack: '' }
        if (error instanceof ContainmentBroken) return { kind: 'broken', message: error.message }
        if (isPluginInvalid(error)) return { kind: 'failed', message: error.message, stack: '' }
        throw error
      }
    })
  }

  #toAnswer(world: World, run: number, outcome: ReturnType<World['guest']['ask']>): StepAnswer {
    if (outcome.kind === 'timeout') return this.#spoil(world, { kind: 'timeout' })
    if (outcome.kind === 'thrown') return this.#toAnswer(world, run, this.#describe(world, outcome.thrown))
    const answer: StepAnswer = isOutOfMemory(world.guest, outcome.text)
      ? { kind: 'memory' }
      : this.#runs.toStepAnswer(run, outcome.text, stackOf)
    return answer.kind === 'memory' ? this.#spoil(world, answer) : answer
  }

  /** Describes a thrown value. There may be too little memory even for that. */
  #describe(world: World, thrown: number): { kind: 'text'; text: string } | { kind: 'timeout' } {
    const described = world.guest.ask(world.describe, [{ value: thrown }])
    world.guest.freeValue(thrown)
    if (described.kind !== 'thrown') return described
    world.guest.freeValue(described.thrown)
    return { kind: 'text', text: 'm' }
  }

  #liveWorld(): World {
    if (this.#isDisposed) throw new Error('The plug-in has been disposed of')
    const containment = this.#surroundings.containment()
    if (containment === undefined) throw new ContainmentBroken('The containment broke, and what runs in it has to end first')
    if (this.#world?.guest.containment !== containment) this.#world = undefined
    this.#world ??= this.#open()
    this.#world.guest.wasDeniedMemory = false
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
    const { containment: containmentNow, time, random } = this.#surroundings
    const containment = containmentNow()
    if (containment === undefined) throw new Error('The containment is not ready: wait for ready() first')
    return time.within(this.#limits.timeMs, () =>
      openWorld({
        containment,
        pluginPackage: this.#pluginPackage,
        permissions: this.#permissions,
        memoryBytes: this.#limits.memoryMegabytes * 1024 * 1024,
        isTimeUp: () => time.isTimeUp(),
        isTimeUpInFunction: () => time.isTimeUpInFunction(),
        outside: this.#outside(),
        globals: {
          ownClock: time.isVirtual,
          ownRandom: random !== undefined,
          env: this.#permissions.includes('env') ? { ...(process.env as Record<string, string>) } : null,
        },
      }),
    )
  }

  /** Returns the functions of `Outside`, `GlobalsOutside` and `FilesOutside`. */
  #outside(): Record<string, OutsideFunction> {
    const { time, random, forbidden } = this.#surroundings
    const file = filesFor(this.#permissions, forbidden)
    const pendingWork = () => this.#pending.get(this.#runs.asyncRun)
    const counted =
      (answer: OutsideFunction): OutsideFunction =>
      (...given) => {
        time.countCall()
        return answer(...given)
      }
    return {
      call: counted((run, method = '', args = '') => this.#runs.call(run, method, args)),
      trace: counted((run, line = '') => this.#runs.trace(run, line)),
      settled: (run, answer = '') => {
        if (this.#pending.has(run)) this.#settled.set(run, answer)
        return undefined
      },
      now: counted(() => time.now()),
      random: counted(() => random?.() ?? Math.random()),
      uuid: counted(() => (random === undefined ? randomUUID() : madeUpUuid(random))),
      setTimer: counted((_, ms = '') => pendingWork()?.setTimer(Number(ms)) ?? 0),
      clearTimer: counted((_, timer = '') => {
        pendingWork()?.clearTimer(Number(timer))
        return undefined
      }),
      fetch: counted((_, request = '') => {
        if (!this.#permissions.includes('network')) throw new Error('fetch needs the permission "network": list it in the definition')
        return pendingWork()?.request(request) ?? 0
      }),
      file: counted((_, method = '', args = '') => file(method, args)),
    }
  }
}

const neverSettles = (): StepAnswer => ({
  kind: 'promise',
  message: 'The step waits for a promise that can never settle: no timer and no request is pending',
})

/** Makes a version 4 UUID from a random source. */
function madeUpUuid(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = Math.floor(random() * 16)
    return (place === 'x' ? digit : (digit & 0x3) | 0x8).toString(16)
  })
}
