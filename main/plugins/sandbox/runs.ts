import type { StepAnswer, StepHost } from '#engine/contract/plugin-runtime'

const LONGEST_LINE = 64 * 1024
const LONGEST_TRACE = 1024 * 1024
/** Characters that even an empty line counts for in the log. */
const LINE_COSTS = 100

interface Run {
  host: StepHost
  isAsync: boolean
  /** Numbers of the faults that the service has thrown in this run. */
  faults: Set<number>
  traced: number
}

/** Tracks the current runs by number, which is how the plug-in's world names them. */
export class Runs {
  readonly #runs = new Map<number, Run>()
  readonly #shown: (line: string) => string
  #last = 0
  #executing = 0

  /** `shown` removes from a line what authors should not see. */
  constructor(shown: (line: string) => string = (line) => line) {
    this.#shown = shown
  }

  open(host: StepHost, isAsync: boolean): number {
    this.#last += 1
    this.#runs.set(this.#last, { host, isAsync, faults: new Set(), traced: 0 })
    return this.#last
  }

  close(run: number): void {
    this.#runs.delete(run)
  }

  /** Marks a run as the one whose code is running during `work`. */
  executing<T>(run: number, work: () => T): T {
    const before = this.#executing
    this.#executing = run
    try {
      return work()
    } finally {
      this.#executing = before
    }
  }

  /** Returns the run whose code is running; 0 if there is none or it is not asynchronous. */
  get asyncRun(): number {
    return this.#runs.get(this.#executing)?.isAsync === true ? this.#executing : 0
  }

  /** Implements `Outside.call` of the dispatcher. */
  call(number: number, method: string, args: string): string {
    const run = this.#runs.get(number)
    if (run === undefined) return 'c'
    const answer = run.host.call(method, args)
    if (answer.ok) return `v${answer.value ?? ''}`
    run.faults.add(answer.number)
    const { message, platformCode } = answer.fault
    return `f${JSON.stringify({ message, code: platformCode ?? '', number: answer.number })}`
  }

  /** Implements `Outside.trace` of the dispatcher; 0 means the run whose code is running. Limits what one run can write. */
  trace(number: number, json: string): number {
    const run = this.#runs.get(number === 0 ? this.#executing : number)
    if (run === undefined) return 0
    if (run.traced > LONGEST_TRACE) return 1
    const text = this.#shown(JSON.parse(json) as string)
    const line = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}… (${text.length - LONGEST_LINE} more characters)` : text
    run.traced += line.length + LINE_COSTS
    run.host.trace(line)
    if (run.traced > LONGEST_TRACE) run.host.trace('… (this run traces more than is kept)')
    return 1
  }

  /** Converts the dispatcher's answer for the engine. `stackOf` reduces a stack to the author's lines. */
  toStepAnswer(number: number, answer: string, stackOf: (message: string, stack: string) => string): StepAnswer {
    const body = answer.slice(1)
    switch (answer[0]) {
      case 'd':
        return { kind: 'done', output: body }
      case 'r':
        return { kind: 'refused', message: JSON.parse(body) as string }
      case 'p':
        return { kind: 'promise', message: JSON.parse(body) as string }
      case 'm':
        return { kind: 'memory' }
      case 'f': {
        const { number: fault, stack, message } = JSON.parse(body) as { number: number; stack: string; message: string }
        // The fault belongs to another run, so its details are unknown.
        if (!this.#runs.get(number)?.faults.has(fault)) return { kind: 'failed', message, stack: stackOf(message, stack) }
        return { kind: 'fault', number: fault, stack: stackOf(message, stack) }
      }
      default: {
        const { message, stack } = JSON.parse(body) as { message: string; stack: string }
        return { kind: 'failed', message, stack: stackOf(message, stack) }
      }
    }
  }
}
