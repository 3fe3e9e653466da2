import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { States, Stores } from '../shell/create-stores.ts'

export const StoresContext = createContext<Stores | null>(null)

export function useStores(): Stores {
  const stores = useContext(StoresContext)
  if (stores === null) throw new Error('useStores needs a StoresContext above it')
  return stores
}

/** Returns a part of one store's state; the component renders again when that part changes. */
export const useApp = <N extends keyof States, T>(name: N, select: (state: States[N]) => T): T => useStore(useStores()[name], select)
