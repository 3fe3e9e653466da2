import { EngineError } from '../errors.ts'
import type { CascadeRequest, ModeChoice, Preview } from '../model.ts'
import type { Plan } from './plan.ts'

export interface KeptPlan {
  plan: Plan
  preview: Preview
  request: CascadeRequest
  choice: ModeChoice
  slot: number
}

/** Plans that somebody may still look at or run: a few of them, the oldest making room. */
export class KeptPlans {
  static readonly #MOST = 16
  #plans = new Map<string, KeptPlan>()

  /** The number of a plan table that is free, after letting the oldest go where there are too many. */
  freeSlot(): number {
    while (this.#plans.size >= KeptPlans.#MOST) this.discard(this.#plans.keys().next().value ?? '')
    const taken = new Set([...this.#plans.values()].map(({ slot }) => slot))
    return Array.from({ length: KeptPlans.#MOST }, (_, slot) => slot).find((slot) => !taken.has(slot)) ?? 0
  }

  keep(planId: string, kept: KeptPlan): void {
    this.#plans.set(planId, kept)
  }

  find(planId: string): KeptPlan | undefined {
    return this.#plans.get(planId)
  }

  /** @throws PLAN_OUTDATED where it was let go. */
  get(planId: string): KeptPlan {
    const kept = this.#plans.get(planId)
    if (!kept) throw new EngineError('PLAN_OUTDATED', 'This preview is no longer kept.', { hint: 'Preview again.', details: { planId } })
    return kept
  }

  discard(planId: string): void {
    this.#plans.get(planId)?.plan.table.drop()
    this.#plans.delete(planId)
  }
}
