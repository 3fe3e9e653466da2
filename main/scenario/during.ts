import type { RecordRef } from '#engine/contract/records'
import type { CascadeMoment, CascadeWatcher } from '../workbench/observer.ts'
import type { Aliases } from './cells.ts'
import type { ExpectationLine } from './expectations/expectation.ts'
import type { PreparedPoint } from './prepare.ts'

interface DuringOptions {
  points: PreparedPoint[]
  aliases: Aliases
  /** Executes the action of a point and returns its result lines. */
  act: (point: PreparedPoint, jobId: string | null) => Promise<ExpectationLine[]>
  /** Called when the watched cascade has become a job, which other actions can name from now on. */
  onPlan: (jobId: string) => void
}

/**
 * Executes the points of one step's `during`: each once, at the first moment that it names, in the order of the file. After
 * a crash the job continues before the point that caused the crash has returned, so points wait for each other.
 */
export class During implements CascadeWatcher {
  readonly #options: DuringOptions
  readonly #open: Set<PreparedPoint>
  readonly #lines = new Map<PreparedPoint, ExpectationLine[]>()
  #looking: Promise<unknown> = Promise.resolve()

  constructor(options: DuringOptions) {
    this.#options = options
    this.#open = new Set(options.points)
  }

  at(moment: CascadeMoment, jobId: string | null): Promise<void> {
    if (jobId !== null && moment.kind === 'afterPlan') this.#options.onPlan(jobId)
    const look = this.#looking.then(() => this.#look(moment, jobId))
    this.#looking = look.catch(() => undefined)
    return look
  }

  records(): RecordRef[] {
    return [...this.#open].flatMap(({ place }) => (place.kind === 'beforeRecord' ? [this.#options.aliases.refOf(place.record)] : []))
  }

  async #look(moment: CascadeMoment, jobId: string | null): Promise<void> {
    for (const point of this.#options.points) {
      if (!this.#open.has(point) || !this.#isAt(point, moment)) continue
      this.#open.delete(point)
      this.#lines.set(point, await this.#options.act(point, jobId))
    }
  }

  #isAt({ place }: PreparedPoint, moment: CascadeMoment): boolean {
    switch (moment.kind) {
      case 'afterPlan':
        return place.kind === 'afterPlan'
      case 'beforeRecord':
        return place.kind === 'beforeRecord' && this.#options.aliases.refOf(place.record).id === moment.record.id
      case 'beforeAttempt':
        return place.kind === 'beforeAttempt' && place.number === moment.attempt
      default:
        return place.kind === moment.kind && place.number === moment.batch
    }
  }

  /** Returns the result lines of all points. A point whose moment never came fails the step. */
  lines(): ExpectationLine[] {
    return this.#options.points.flatMap((point, index) => {
      const lines = this.#lines.get(point) ?? [{ path: 'at', expected: point.place.text, actual: 'never', held: false }]
      return lines.map((line) => ({ ...line, path: `during[${index}].${line.path}` }))
    })
  }
}
