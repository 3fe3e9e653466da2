import type { LucideIcon } from 'lucide-react'
import { type ComponentType, createContext, useContext } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { LookupValue } from '#engine/contract/records'
import type { Message } from '#text/message'
import type { Location, PlaceOf, Screen } from './location.ts'
import { type DialogOf, type OpenDialog, viewStore } from './stores/view.ts'
import type { StoreKey, Stores } from './stores-context.ts'

/** What a feature brings to the app. The shell loops over the features; nothing else needs to know that one exists. */
export interface Feature {
  name: string
  /** Stores that listen to the host from the start, or that follow the open environment. */
  stores?: readonly StoreKey<object>[]
  /** What the main area shows, by the screen of the location. The component gets the location's fields as properties. */
  screens?: { [S in Screen]?: ComponentType<PlaceOf<S>> }
  navigation?: NavigationEntry
  /** The dialogs that this feature draws, by kind. The component gets the dialog's fields as properties. */
  dialogs?: { [K in OpenDialog['kind']]?: ComponentType<DialogOf<K>> }
  commands?: readonly Command[]
  search?: Search
  /** Stands beside the main area whatever it shows. */
  panel?: ComponentType
  /** A part of a record's panel beside its fields. */
  recordPart?: RecordPart
  /** Shown on the start page: what waits for an environment. */
  startNotice?: ComponentType
  /** The file that waits for an environment, and what will be done with it; null where none does. */
  waitingFile?(stores: Stores): WaitingFile | null
  /** Goes on with what waited for an environment. Called after one was opened. */
  environmentOpened?(stores: Stores): void
}

export interface NavigationEntry {
  screen: Screen
  label: Message
  icon: LucideIcon
  /** Stands apart at the end. */
  isLast?: boolean
  /** Numbers beside the label. */
  counts?: ComponentType
}

export interface Command {
  label: Message
  run(stores: Stores): void
}

/** What the palette finds of a feature. */
export interface Search {
  /** The stores that are searched: when one changes, the palette searches again. */
  over: readonly StoreKey<StoreApi<unknown>>[]
  /** Searches what the app holds, for a text in lower case. */
  find?(text: string, stores: Stores): PaletteResult[]
  /** Searches by asking the host. */
  ask?(text: string, stores: Stores): Promise<PaletteResult[]>
}

export interface PaletteResult {
  key: string
  /** The heading of the group that it stands in. */
  group: Message
  label: Message
  hint: Message | null
  icon: LucideIcon
  run(stores: Stores): void
}

export interface RecordPart {
  part: NonNullable<PlaceOf<'records'>['part']>
  label: Message
  component: ComponentType<{ record: LookupValue }>
}

export interface WaitingFile {
  name: string
  /** Whether a new environment is named after it. */
  namesEnvironment: boolean
  /** Says what happens to it in the environment. */
  outlook: Message
}

export const FeaturesContext = createContext<readonly Feature[]>([])

/** Every feature of the app: for a screen that shows what others bring to it. */
export const useFeatures = (): readonly Feature[] => useContext(FeaturesContext)

/** Makes a command that leads to a place. */
export const goTo = (label: Message, location: Location): Command => ({ label, run: ({ get }) => get(viewStore).getState().go(location) })

/** Makes a command that opens a dialog. */
export const opens = (label: Message, dialog: OpenDialog): Command => ({
  label,
  run: ({ get }) => get(viewStore).getState().openDialog(dialog),
})
