import { CATALOGUES } from '../../renderer/shell/catalogues.ts'
import { createWords } from '../../renderer/text/words.ts'

/** The words of screens in English: `words.say(message)` gives the sentence that a test expects. */
export const words = createWords('en', CATALOGUES, ['en-US'])
