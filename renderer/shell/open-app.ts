import type { BridgeClient } from '../frame/bridge.ts'
import type { Feature } from '../frame/feature.ts'
import { activityStore } from '../frame/stores/activity.ts'
import { environmentStore } from '../frame/stores/environment.ts'
import { peopleStore } from '../frame/stores/people.ts'
import { viewStore } from '../frame/stores/view.ts'
import { createStores, type EnvironmentFollower, type StoreKey, type Stores } from '../frame/stores-context.ts'

/** Stores of the window itself. */
const OWN: readonly StoreKey<object>[] = [viewStore, activityStore, environmentStore, peopleStore]

/** Creates the stores of all features over one bridge and lets them follow the open environment. Works without React. */
export function openApp(bridge: BridgeClient, features: readonly Feature[]): Stores {
  const stores = createStores(bridge)
  const followers = [...OWN, ...features.flatMap((feature) => feature.stores ?? [])].map((key): EnvironmentFollower => stores.get(key))
  const environment = stores.get(environmentStore)
  const load = () => {
    for (const store of followers) store.load?.()
  }
  environment.subscribe(({ info }, { info: before }) => {
    if (info?.path === before?.path && info?.createdOnMs === before?.createdOnMs) return
    for (const store of followers) store.reset?.()
    stores.get(viewStore).getState().startOver()
    if (info === null) return
    load()
    for (const feature of features) feature.environmentOpened?.(stores)
  })
  // Announced again for the same file when a lost connection is back: events may have been missed.
  bridge.on('environment', (info) => {
    if (info === null || info.path !== environment.getState().info?.path) return
    load()
    for (const store of followers) store.catchUp?.()
  })
  return stores
}
