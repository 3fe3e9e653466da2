import { createContext, useContext } from 'react'
import { useStore as useZustandStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { BridgeClient } from './bridge.ts'
import type { PlaceHistory } from './place-history.ts'

/** Creates a store, and is the key under which others find it. The app has one store for each key. */
export type StoreKey<S> = (stores: Stores) => S

export interface Stores {
  bridge: BridgeClient
  history: PlaceHistory
  /** The app's store for a key; makes it when it is asked for the first time. */
  get: <S>(key: StoreKey<S>) => S
}

/**
 * A store that follows the open environment. Stores have these methods beside those of zustand where they apply.
 */
export interface EnvironmentFollower {
  /** Forgets everything: another environment is open, or none. */
  reset?(): void
  /** Reads what is shown from the start. Called when an environment opens, and when a lost connection is back. */
  load?(): void
  /** Reads again what is on screen: a lost connection is back, and events may have been missed. */
  catchUp?(): void
}

/** Creates an app's stores over one bridge. Works without React. */
export function createStores(bridge: BridgeClient, history: PlaceHistory): Stores {
  const made = new Map<StoreKey<unknown>, unknown>()
  const stores: Stores = {
    bridge,
    history,
    get<S>(key: StoreKey<S>): S {
      if (!made.has(key)) made.set(key, key(stores))
      return made.get(key) as S
    },
  }
  return stores
}

export const StoresContext = createContext<Stores | null>(null)

/** The stores of the app around the component. */
export function useStores(): Stores {
  const stores = useContext(StoresContext)
  if (stores === null) throw new Error('useStores needs a StoresContext above it')
  return stores
}

/** The store itself, for its actions. */
export const useStore = <S>(key: StoreKey<S>): S => useStores().get(key)

/** A part of a store's state; the component renders again when that part changes. */
export const useStoreState = <T, U>(key: StoreKey<StoreApi<T>>, select: (state: T) => U): U => useZustandStore(useStore(key), select)
