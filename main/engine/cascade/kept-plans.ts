import type { CascadeRequest, ModeChoice, Preview } from '../contract/cascades.ts'
import { EngineError } from '../contract/errors.ts'
import type { Plan } from './plan.ts'

export interface KeptPlan {
  plan: Plan
  preview: Preview
  request: CascadeRequest
  choice: ModeChoice
}

/** Plans that somebody may still look at or run: a few of them, the oldest making room. */
export class KeptPlans {
  static readonly #MOST = 16
  #plans = new Map<string, KeptPlan>()

  /** Takes over a plan. Where there are too many, the oldest are discarded. */
  keep(planId: string, kept: KeptPlan): void {
    while (this.#plans.size >= KeptPlans.#MOST) this.discard(this.#plans.keys().next().value ?? '')
    this.#plans.set(planId, kept)
  }

  /** @throws PLAN_OUTDATED where it was let go. */
  get(planId: string): KeptPlan {
    const kept = this.#plans.get(planId)
    if (!kept) throw new EngineError('PLAN_OUTDATED', 'This preview is no longer kept.', { hint: 'Preview again.', details: { planId } })
    return kept
  }

  discard(planId: string): void {
    this.#plans.get(planId)?.plan[Symbol.dispose]()
    this.#plans.delete(planId)
  }
}
