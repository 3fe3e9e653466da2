import type { StepAnswer, StepHost } from '#engine/contract/plugin-runtime'

const LONGEST_LINE = 64 * 1024
const LONGEST_TRACE = 1024 * 1024
/** What even an empty line takes in the log. */
const LINE_COSTS = 100

interface Run {
  host: StepHost
  isAsync: boolean
  /** Numbers of the faults that this run was given, and may let pass. */
  faults: Set<number>
  traced: number
}

/** The runs under way, by a number that stands for them inside the plug-in's world. */
export class Runs {
  readonly #runs = new Map<number, Run>()
  readonly #shown: (line: string) => string
  #last = 0
  #executing = 0

  /** `shown` takes from a line what is none of the author's business. */
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

  /** While this lasts, it is the run's code that is executed. */
  executing<T>(run: number, work: () => T): T {
    const before = this.#executing
    this.#executing = run
    try {
      return work()
    } finally {
      this.#executing = before
    }
  }

  /** The run whose code is executed; 0 for none, and where it is not asynchronous. */
  get asyncRun(): number {
    return this.#runs.get(this.#executing)?.isAsync === true ? this.#executing : 0
  }

  /** As `Outside.call` of the dispatcher. */
  call(number: number, method: string, args: string): string {
    const run = this.#runs.get(number)
    if (run === undefined) return 'c'
    const answer = run.host.call(method, args)
    if (answer.ok) return `v${answer.value ?? ''}`
    run.faults.add(answer.number)
    const { message, platformCode } = answer.fault
    return `f${JSON.stringify({ message, code: platformCode ?? '', number: answer.number })}`
  }

  /** As `Outside.trace` of the dispatcher; the run 0 is the one whose code is executed. One run writes no more than a log can show. */
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

  /** What the dispatcher answered, as the engine takes it. `stackOf` makes the stack fit for the author. */
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
        // Kept from another run: nobody knows the fault any more.
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
