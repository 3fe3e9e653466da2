import { createStore } from 'zustand/vanilla'
import type { CascadeRequest, ModeChoice, OperationOutcome, Preview } from '#engine/contract/cascades'
import type { ErrorData } from '#engine/contract/errors'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import type { ActivityStore } from '../../../frame/stores/activity.ts'
import { activityStore } from '../../../frame/stores/activity.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { EnvironmentFollower, StoreKey } from '../../../frame/stores-context.ts'
import { cascadeText } from '../texts.ts'

/**
 * The cascade that a dialog prepares, with its stages:
 *
 * | stage   | meaning                                                                |
 * |---------|------------------------------------------------------------------------|
 * | empty   | the choices are not complete                                           |
 * | loading | the preview for these choices is being planned; `preview` is an older one |
 * | ready   | `preview` belongs to exactly these choices                             |
 * | failed  | no preview could be made; `error` says why                             |
 * | running | the operation was started with the plan that was shown                 |
 * | started | it goes on as a system job, `outcome.jobId`                            |
 */
export type OperationStage = 'empty' | 'loading' | 'ready' | 'failed' | 'running' | 'started'

export interface OperationState {
  stage: OperationStage
  request: CascadeRequest | null
  mode: ModeChoice
  preview: Preview | null
  error: ErrorData | null
  outcome: OperationOutcome | null
  /** Sets the choices, null while they are incomplete, and plans them. */
  choose(request: CascadeRequest | null): void
  chooseMode(mode: ModeChoice): void
  /** Executes the shown plan. Returns true if it completed and the dialog can close. */
  execute(): Promise<boolean>
  /** Stops the planning of a preview. */
  stop(): Promise<void>
  /** Clears the state and discards the plan. */
  leave(): void
}

/** Returns whether the shown preview enables the action button. */
export const canExecute = ({ stage, preview }: Pick<OperationState, 'stage' | 'preview'>): boolean =>
  stage === 'ready' && preview !== null && preview.refusal === null && preview.blockedCount === 0 && !preview.nothingToDo

const EMPTY = { stage: 'empty', request: null, mode: 'Auto', preview: null, error: null, outcome: null } as const

export function createOperationStore(bridge: BridgeClient, people: PeopleStore, activity: ActivityStore) {
  return createStore<OperationState>()((set, get) => {
    /** Increases with each change of the choices, so that answers to older ones can be ignored. */
    let asked = 0
    const discard = (preview: Preview | null) => {
      if (preview === null) return
      // The plan may have been discarded already.
      bridge.call('cascade.discard', { planId: preview.planId, caller: people.callerId() }).catch(() => undefined)
    }
    const ask = async () => {
      const { request, mode, preview: before } = get()
      asked += 1
      const question = asked
      if (request === null) {
        discard(before)
        set({ stage: 'empty', preview: null, error: null })
        return
      }
      set({ stage: 'loading', error: null })
      try {
        const preview = await activity.getState().track(bridge.call('cascade.preview', { request, caller: people.callerId(), mode }))
        if (question !== asked) return discard(preview)
        if (before?.planId !== preview.planId) discard(before)
        set({ stage: 'ready', preview })
      } catch (error) {
        if (question === asked) set({ stage: 'failed', preview: null, error: errorDataOf(error) })
      }
    }
    return {
      ...EMPTY,
      choose(request) {
        const { request: before, stage } = get()
        if (stage === 'running' || stage === 'started' || JSON.stringify(before) === JSON.stringify(request)) return
        set({ request })
        void ask()
      },
      chooseMode(mode) {
        set({ mode })
        void ask()
      },
      async execute() {
        const { request, mode, preview } = get()
        if (request === null || preview === null || !canExecute(get())) return false
        set({ stage: 'running' })
        try {
          const call = bridge.call('cascade.execute', { request, caller: people.callerId(), mode, planId: preview.planId })
          const outcome = await activity.getState().track(call)
          if (outcome.outcome === 'Running') {
            set({ stage: 'started', outcome })
            return false
          }
          set({ outcome, preview: null })
          return true
        } catch (error) {
          // The plan is used or outdated; the choices stay, and a new preview shows the current state.
          set({ stage: 'failed', preview: null, error: errorDataOf(error) })
          return false
        }
      },
      async stop() {
        try {
          await bridge.call('work.stop', 'preview')
        } catch (error) {
          activity.getState().reportError(cascadeText.preview.notStopped, error)
        }
      },
      leave() {
        asked += 1
        const { preview, stage } = get()
        if (stage !== 'running' && stage !== 'started') discard(preview)
        set(EMPTY)
      },
    }
  })
}
export type OperationStore = ReturnType<typeof createOperationStore>

export const operationStore: StoreKey<OperationStore & EnvironmentFollower> = ({ bridge, get }) => {
  const store = createOperationStore(bridge, get(peopleStore), get(activityStore))
  return Object.assign(store, { reset: () => store.getState().leave() })
}
