import type { Catalogue } from '../message.ts'
import { errorTexts } from './errors.ts'
import { platformTexts } from './platform.ts'
import { reasonTexts } from './reasons.ts'
import { storeTexts } from './store.ts'
import { valueTexts } from './values.ts'
import { verbatimTexts } from './verbatim.ts'

/** Everything that the engine and what surrounds it say. Faces add their own texts. */
export const ENGLISH_OF_MAIN: readonly Catalogue[] = [verbatimTexts, platformTexts, errorTexts, reasonTexts, storeTexts, valueTexts]
