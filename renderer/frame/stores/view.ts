import { createStore } from 'zustand/vanilla'
import type { RecordRef } from '#engine/contract/records'
import type { LanguageCode } from '../../text/words.ts'
import { preferences } from '../bridge.ts'
import { type Location, type Screen, sameLocation } from '../location.ts'

export type Theme = 'system' | 'light' | 'dark'

/** At most one dialog is open; what it works on is part of the case. */
export type OpenDialog =
  | { kind: 'none' }
  | { kind: 'assign'; record: RecordRef }
  | { kind: 'delete'; record: RecordRef }
  | { kind: 'merge'; first: RecordRef; second: RecordRef | null }
  | { kind: 'createRecord'; table: string }
  | { kind: 'generate'; table: string | null }
  | { kind: 'newEnvironment'; sample: boolean }
  | { kind: 'openEnvironment' }
  /** Works on what the pluginInstall store was given. */
  | { kind: 'installPlugin' }
  | { kind: 'agreePlugin'; plugin: string }
  | { kind: 'removePlugin'; plugin: string }

/** The active row of a list and the one at its top. */
export interface ListPlace {
  active: number
  top: number
}

export interface ViewState {
  location: Location
  /** Where Back and Forward lead, nearest last. */
  back: Location[]
  forward: Location[]
  /** The last place in each screen, so that the navigation returns there. */
  lastIn: Partial<Record<Screen, Location>>
  theme: Theme
  language: LanguageCode
  paletteOpen: boolean
  dialog: OpenDialog
  /** Where the reader was in each list, by the list's name. */
  places: Record<string, ListPlace>
  go(location: Location): void
  /** Goes on from an incomplete location without leaving a step to go back to. */
  replace(location: Location): void
  /** To the screen as it was left; once more from there, to its start. */
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
  /** Another environment: what was shown means nothing there. */
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
      set({ location, back: [...back, from].slice(-REMEMBERED), forward: [], lastIn: { ...lastIn, [location.screen]: location } })
    },
    replace: (location) => set({ location, lastIn: { ...get().lastIn, [location.screen]: location } }),
    goToScreen(screen) {
      const { location, lastIn, go } = get()
      go(location.screen === screen ? startOf(screen) : (lastIn[screen] ?? startOf(screen)))
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
