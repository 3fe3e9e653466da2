import { operationText } from '#text/english/operations'
import type { CascadeRequest, ModeChoice, Preview } from '../contract/cascades.ts'
import { EngineError } from '../contract/errors.ts'
import type { Plan } from './plan.ts'

export interface KeptPlan {
  plan: Plan
  preview: Preview
  request: CascadeRequest
  choice: ModeChoice
}

/** Keeps the last few plans, which callers may still read or execute. */
export class KeptPlans {
  static readonly #MOST = 16
  #plans = new Map<string, KeptPlan>()

  /** Keeps a plan and becomes its owner. Discards the oldest if there are too many. */
  keep(planId: string, kept: KeptPlan): void {
    while (this.#plans.size >= KeptPlans.#MOST) this.discard(this.#plans.keys().next().value ?? '')
    kept.plan.table.beginWaiting()
    this.#plans.set(planId, kept)
  }

  /** Returns a kept plan. @throws PLAN_OUTDATED if it was discarded */
  get(planId: string): KeptPlan {
    const kept = this.#plans.get(planId)
    if (!kept)
      throw new EngineError('PLAN_OUTDATED', operationText.previewGone, { hint: operationText.previewAgainHint, details: { planId } })
    return kept
  }

  discard(planId: string): void {
    this.#plans.get(planId)?.plan[Symbol.dispose]()
    this.#plans.delete(planId)
  }
}
