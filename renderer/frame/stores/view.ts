import { createStore } from 'zustand/vanilla'
import type { RecordRef } from '#engine/contract/records'
import type { LanguageCode } from '../../text/words.ts'
import { preferences } from '../bridge.ts'
import { type Location, type Screen, sameLocation, sectionOf } from '../location.ts'
import type { StoreKey } from '../stores-context.ts'

export type Theme = 'system' | 'light' | 'dark'

/** The open dialog with its subject; at most one is open. */
export type OpenDialog =
  | { kind: 'none' }
  | { kind: 'assign'; record: RecordRef }
  | { kind: 'delete'; record: RecordRef }
  | { kind: 'merge'; first: RecordRef; second: RecordRef | null }
  | { kind: 'createRecord'; table: string }
  | { kind: 'generate'; table: string | null }
  | { kind: 'newEnvironment'; sample: boolean }
  | { kind: 'openEnvironment' }
  /** Its subject is in the pluginInstall store. */
  | { kind: 'installPlugin' }
  | { kind: 'agreePlugin'; plugin: string }
  | { kind: 'removePlugin'; plugin: string }

/** The dialogs of one kind. */
export type DialogOf<K extends OpenDialog['kind']> = Extract<OpenDialog, { kind: K }>

/** The active row of a list and the one at its top. */
export interface ListPlace {
  active: number
  top: number
}

export interface ViewState {
  location: Location
  /** The locations of Back and Forward, nearest last. */
  back: Location[]
  forward: Location[]
  /** The last location in each screen, to which the navigation returns. */
  lastIn: Partial<Record<Screen, Location>>
  theme: Theme
  language: LanguageCode
  paletteOpen: boolean
  dialog: OpenDialog
  /** Position in each list, by the list's name. */
  places: Record<string, ListPlace>
  go(location: Location): void
  /** Replaces the location without adding one to go back to. */
  replace(location: Location): void
  /** Goes to the last location of a screen; if it is shown already, to the screen's start. */
  goToScreen(screen: Screen): void
  goBack(): void
  goForward(): void
  chooseTheme(theme: Theme): void
  /** Every screen is said in it at once. */
  chooseLanguage(language: LanguageCode): void
  openPalette(open: boolean): void
  openDialog(dialog: OpenDialog): void
  closeDialog(): void
  rememberPlace(list: string, place: ListPlace): void
  /** Clears all locations, because another environment was opened. */
  startOver(): void
}

export const startOf = (screen: Screen): Location => {
  switch (screen) {
    case 'model':
      return { screen, table: null, relationship: null }
    case 'records':
      return { screen, table: null, recordId: null }
    case 'jobs':
      return { screen, jobId: null }
    case 'plugins':
      return { screen, part: 'installed', plugin: null }
    case 'trace':
      return { screen, run: null }
    default:
      return { screen }
  }
}

const REMEMBERED = 50

export const createViewStore = () =>
  createStore<ViewState>()((set, get) => ({
    location: { screen: 'overview' },
    back: [],
    forward: [],
    lastIn: {},
    theme: preferences.read<Theme>('theme', 'system'),
    language: preferences.read<LanguageCode>('language', 'en'),
    paletteOpen: false,
    dialog: { kind: 'none' },
    places: {},
    go(location) {
      const { location: from, back, lastIn } = get()
      if (sameLocation(from, location)) return
      set({ location, back: [...back, from].slice(-REMEMBERED), forward: [], lastIn: { ...lastIn, [sectionOf(location)]: location } })
    },
    replace: (location) => set({ location, lastIn: { ...get().lastIn, [sectionOf(location)]: location } }),
    goToScreen(screen) {
      const { location, lastIn, go } = get()
      go(sectionOf(location) === screen ? startOf(screen) : (lastIn[screen] ?? startOf(screen)))
    },
    goBack() {
      const { location, back, forward } = get()
      const to = back.at(-1)
      if (to !== undefined) set({ location: to, back: back.slice(0, -1), forward: [...forward, location] })
    },
    goForward() {
      const { location, back, forward } = get()
      const to = forward.at(-1)
      if (to !== undefined) set({ location: to, forward: forward.slice(0, -1), back: [...back, location] })
    },
    chooseTheme(theme) {
      preferences.write('theme', theme)
      set({ theme })
    },
    chooseLanguage(language) {
      preferences.write('language', language)
      set({ language })
    },
    openPalette: (paletteOpen) => set({ paletteOpen }),
    openDialog: (dialog) => set({ dialog, paletteOpen: false }),
    closeDialog: () => set({ dialog: { kind: 'none' } }),
    rememberPlace: (list, place) => set({ places: { ...get().places, [list]: place } }),
    startOver: () =>
      set({
        places: {},
        location: { screen: 'overview' },
        back: [],
        forward: [],
        lastIn: {},
        dialog: { kind: 'none' },
        paletteOpen: false,
      }),
  }))

export const viewStore: StoreKey<ReturnType<typeof createViewStore>> = () => createViewStore()
