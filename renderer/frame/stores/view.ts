import { createStore } from 'zustand/vanilla'
import type { RecordRef } from '#engine/contract/records'
import type { LanguageCode } from '../../text/words.ts'
import { preferences } from '../bridge.ts'
import { type Location, type Screen, sameLocation, sectionOf } from '../location.ts'
import type { PlaceHistory } from '../place-history.ts'
import { formatPlace, type PreviewDialog, parsePlace } from '../place-path.ts'
import type { StoreKey } from '../stores-context.ts'

export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

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

/** The dialogs of one kind. */
export type DialogOf<K extends OpenDialog['kind']> = Extract<OpenDialog, { kind: K }>

/** The active row of a list and the one at its top. */
export interface ListPlace {
  active: number
  top: number
}

export interface ViewState {
  location: Location
  canGoBack: boolean
  canGoForward: boolean
  /** The last place in each screen, so that the navigation returns there. */
  lastIn: Partial<Record<Screen, Location>>
  theme: Theme
  language: LanguageCode
  paletteOpen: boolean
  dialog: OpenDialog
  /** Where the reader was in each list, by the list's name. */
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
  /** The relative path of what is shown, a preview included. */
  path(): string
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
    case 'nowhere':
      return { screen: 'overview' }
    default:
      return { screen }
  }
}

const NO_DIALOG: OpenDialog = { kind: 'none' }

/** A dialog that is part of the place; null for every other. */
export const previewIn = (dialog: OpenDialog): PreviewDialog | null =>
  dialog.kind === 'assign' || dialog.kind === 'delete' || dialog.kind === 'merge' ? dialog : null

/** What the window shows. The place is also in the history, so that a reload, Back and a copied link find it again. */
export function createViewStore(history: PlaceHistory) {
  const store = createStore<ViewState>()((set, get) => {
    const path = () => formatPlace({ location: get().location, preview: previewIn(get().dialog) })
    const arrive = (location: Location) =>
      set({ location, lastIn: { ...get().lastIn, [sectionOf(location)]: location }, ...history.reach() })
    const showDialog = (dialog: OpenDialog) => {
      set({ dialog, paletteOpen: false })
      if (history.path() !== path()) history.replace(path())
    }
    const { location, preview } = parsePlace(history.path())
    return {
      location,
      dialog: preview ?? NO_DIALOG,
      lastIn: {},
      theme: preferences.read<Theme>('theme', 'system'),
      language: preferences.read<LanguageCode>('language', 'en'),
      paletteOpen: false,
      places: {},
      ...history.reach(),
      go(next) {
        if (sameLocation(get().location, next)) return
        history.push(formatPlace({ location: next, preview: null }))
        arrive(next)
      },
      replace(next) {
        history.replace(formatPlace({ location: next, preview: previewIn(get().dialog) }))
        arrive(next)
      },
      goToScreen(screen) {
        const { location: from, lastIn, go } = get()
        go(sectionOf(from) === screen ? startOf(screen) : (lastIn[screen] ?? startOf(screen)))
      },
      goBack: () => history.back(),
      goForward: () => history.forward(),
      chooseTheme(theme) {
        preferences.write('theme', theme)
        set({ theme })
      },
      chooseLanguage(language) {
        preferences.write('language', language)
        set({ language })
      },
      openPalette: (paletteOpen) => set({ paletteOpen }),
      openDialog: showDialog,
      closeDialog: () => showDialog(NO_DIALOG),
      rememberPlace: (list, place) => set({ places: { ...get().places, [list]: place } }),
      path,
      startOver() {
        history.begin(formatPlace({ location: { screen: 'overview' }, preview: null }))
        set({ places: {}, lastIn: {}, location: { screen: 'overview' }, dialog: NO_DIALOG, paletteOpen: false, ...history.reach() })
      },
    }
  })
  history.onMove(() => {
    const { location, preview } = parsePlace(history.path())
    const { lastIn } = store.getState()
    store.setState({
      location,
      dialog: preview ?? NO_DIALOG,
      paletteOpen: false,
      lastIn: { ...lastIn, [sectionOf(location)]: location },
      ...history.reach(),
    })
  })
  return store
}

export const viewStore: StoreKey<ReturnType<typeof createViewStore>> = ({ history }) => createViewStore(history)
