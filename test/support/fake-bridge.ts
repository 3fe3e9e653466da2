import type { Bridge, BridgeEvent, BridgeEvents, BridgeMethod, ChosenFile } from '#contract'
import type { Preview } from '#engine/contract/cascades'
import type { ErrorData } from '#engine/contract/errors'
import { type BridgeClient, BridgeError } from '../../renderer/frame/bridge.ts'

type Answers = { [M in BridgeMethod]?: (...args: Parameters<Bridge[M]>) => ReturnType<Bridge[M]> | Promise<ReturnType<Bridge[M]>> }

/** A host that answers what a test says, remembers the calls, and announces what a test lets it. */
export function fakeBridge(answers: Answers) {
  const calls: { method: BridgeMethod; args: unknown[] }[] = []
  const listeners = new Map<BridgeEvent, Set<(data: never) => void>>()
  const bridge: BridgeClient = {
    async call(method, ...args) {
      calls.push({ method, args })
      const answer = answers[method]
      if (answer === undefined) throw new BridgeError(refusal(`The test gives no answer to ${method}.`))
      return answer(...args)
    },
    on(event, listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener))
      return () => void listeners.get(event)?.delete(listener)
    },
    fileOf: async (files) => chosen(files[0]?.name ?? ''),
  }
  const announce = <E extends BridgeEvent>(event: E, data: BridgeEvents[E]): void => {
    for (const listener of listeners.get(event) ?? []) (listener as (data: BridgeEvents[E]) => void)(data)
  }
  return { bridge, calls, announce }
}

/** A file that the host knows under the token `token of <name>`. */
export const chosen = (name: string): ChosenFile => ({ token: `token of ${name}`, name })

export const refusal = (message: string): ErrorData => ({
  code: 'INPUT_INVALID',
  message,
  platformCode: null,
  platformName: null,
  hint: null,
  details: {},
})

export const previewOf = (request: Preview['request'], change: Partial<Preview> = {}): Preview => ({
  planId: 'plan',
  request,
  mode: 'Sync',
  modeReason: { key: 'reason.askedForSync' },
  affected: 1,
  byTable: { account: 1 },
  groups: [],
  levels: 1,
  linksRemoved: 0,
  blockedBy: [],
  denied: [],
  blockedGroups: [],
  blockedCount: 0,
  refusal: null,
  reasons: [],
  nothingToDo: false,
  steps: [],
  processes: [],
  ...change,
})
