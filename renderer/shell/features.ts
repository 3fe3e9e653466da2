import type { ComponentType } from 'react'
import { cascades } from '../features/cascades/feature.ts'
import { faults } from '../features/faults/feature.ts'
import { jobs } from '../features/jobs/feature.ts'
import { model } from '../features/model/feature.ts'
import { overview } from '../features/overview/feature.ts'
import { plugins } from '../features/plugins/feature.ts'
import { records } from '../features/records/feature.ts'
import { settings } from '../features/settings/feature.ts'
import { start } from '../features/start/feature.ts'
import { trace } from '../features/trace/feature.ts'
import { transfer } from '../features/transfer/feature.ts'
import { copyLink } from '../frame/copy-link.ts'
import type { Feature } from '../frame/feature.ts'
import type { Location } from '../frame/location.ts'
import { type OpenDialog, THEMES, viewStore } from '../frame/stores/view.ts'
import type { Stores } from '../frame/stores-context.ts'
import { languageName } from '../text/language-texts.ts'
import { LANGUAGES } from '../text/words.ts'
import { NowhereScreen } from './NowhereScreen.tsx'
import { shellText } from './texts.ts'

/** What the window itself can do. */
const shell = {
  name: 'shell',
  screens: { nowhere: NowhereScreen },
  commands: [
    { label: shellText.command.copyLink, run: (stores) => void copyLink(stores) },
    ...THEMES.map((theme) => ({
      label: shellText.command.theme[theme],
      run: ({ get }: Stores) => get(viewStore).getState().chooseTheme(theme),
    })),
    ...LANGUAGES.map((code) => ({
      label: shellText.command.language({ language: languageName[code] }),
      run: ({ get }: Stores) => get(viewStore).getState().chooseLanguage(code),
    })),
  ],
} satisfies Feature

/** Everything that the app can do, in the order of the navigation. */
const ALL = [overview, model, records, jobs, plugins, trace, cascades, transfer, settings, start, faults, shell] as const

export const FEATURES: readonly Feature[] = ALL

/** The names of the screens or dialogs that features draw. */
type Drawn<K extends 'screens' | 'dialogs'> = (typeof ALL)[number] extends infer F
  ? F extends Record<K, infer Components>
    ? keyof Components
    : never
  : never

const joined = (part: 'screens' | 'dialogs') => Object.assign({}, ...FEATURES.map((feature) => feature[part]))

/** What draws each screen. The main area does not compile while a screen of the locations is missing here. */
export const SCREENS: Record<Drawn<'screens'>, ComponentType<Location>> = joined('screens')

/** What draws each dialog. */
export const DIALOGS: Record<Drawn<'dialogs'>, ComponentType<OpenDialog>> = joined('dialogs')
