import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { Settings } from '#engine/contract/settings'
import { type BridgeClient, errorDataOf } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'

export interface SettingsState {
  settings: Settings | null
  error: ErrorData | null
  load(): Promise<void>
  change(change: Partial<Settings>): Promise<void>
}

export function createSettingsStore(bridge: BridgeClient) {
  const store = createStore<SettingsState>()((set) => ({
    settings: null,
    error: null,
    async load() {
      try {
        set({ settings: await bridge.call('settings.get'), error: null })
      } catch (error) {
        set({ error: errorDataOf(error) })
      }
    },
    async change(change) {
      try {
        set({ settings: await bridge.call('settings.change', change), error: null })
      } catch (error) {
        set({ error: errorDataOf(error) })
      }
    },
  }))
  bridge.on('settings', (settings) => store.setState({ settings }))
  return Object.assign(store, { reset: () => store.setState({ settings: null, error: null }), load: () => void store.getState().load() })
}

export const settingsStore: StoreKey<ReturnType<typeof createSettingsStore>> = ({ bridge }) => createSettingsStore(bridge)
