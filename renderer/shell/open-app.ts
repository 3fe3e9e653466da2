import type { BridgeClient } from '../frame/bridge.ts'
import type { Feature } from '../frame/feature.ts'
import type { PlaceHistory } from '../frame/place-history.ts'
import { activityStore } from '../frame/stores/activity.ts'
import { connectionStore } from '../frame/stores/connection.ts'
import { environmentStore } from '../frame/stores/environment.ts'
import { hostQuestionStore } from '../frame/stores/host-question.ts'
import { peopleStore } from '../frame/stores/people.ts'
import { previewIn, viewStore } from '../frame/stores/view.ts'
import { createStores, type EnvironmentFollower, type StoreKey, type Stores } from '../frame/stores-context.ts'

/** Stores of the window itself. */
const OWN: readonly StoreKey<object>[] = [viewStore, activityStore, environmentStore, hostQuestionStore, connectionStore]

/** Creates the stores of all features over one bridge and lets them follow the open environment. Works without React. */
export function openApp(bridge: BridgeClient, history: PlaceHistory, features: readonly Feature[]): Stores {
  const stores = createStores(bridge, history)
  const people = stores.get(peopleStore)
  const followers = [...OWN, ...features.flatMap((feature) => feature.stores ?? [])].map((key): EnvironmentFollower => stores.get(key))
  const environment = stores.get(environmentStore)
  let readAs = ''
  const load = () => {
    readAs = people.callerId()
    for (const store of followers) store.load?.()
  }
  environment.subscribe(({ info }, { info: before }) => {
    if (info?.path === before?.path && info?.createdOnMs === before?.createdOnMs) return
    people.reset()
    for (const store of followers) store.reset?.()
    const view = stores.get(viewStore).getState()
    // Where nothing was open, the place comes from the address: of a reload, or of a link.
    if (before !== null) view.startOver()
    else if (previewIn(view.dialog) === null) view.closeDialog()
    if (info === null) return
    load()
    people.load()
    for (const feature of features) feature.environmentOpened?.(stores)
  })
  // Announced again for the same file when a lost connection is back: events may have been missed.
  bridge.on('environment', (info) => {
    if (info === null || info.path !== environment.getState().info?.path) return
    load()
    people.load()
    for (const store of followers) store.catchUp?.()
  })
  // What is on screen was read in the name of somebody else.
  people.subscribe(({ caller }) => {
    if (caller === null || caller.id === readAs) return
    load()
    for (const store of followers) store.catchUp?.()
  })
  return stores
}
