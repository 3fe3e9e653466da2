import type { ChosenFile } from '#contract'
import { useWords } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { activityStore } from './stores/activity.ts'
import { environmentStore, type FileKind } from './stores/environment.ts'
import { useStore, useStoreState } from './stores-context.ts'
import { frameText } from './texts.ts'

/** Lets the person name a file by its path, on a page of the browser host's own. In Electron its dialog does this: shows nothing there. */
export function PathPicker({ kind, onFile }: { kind: FileKind; onFile: (file: ChosenFile) => void }) {
  const { say } = useWords()
  const environment = useStore(environmentStore)
  const activity = useStore(activityStore)
  const host = useStoreState(environmentStore, (state) => state.host)
  if (host !== 'browser') return null
  const choose = async () => {
    try {
      const file = await environment.getState().chooseOpen(kind)
      if (file !== null) onFile(file)
    } catch (error) {
      activity.getState().reportError(frameText.fileNotChosen, error)
    }
  }
  return <Button onClick={() => void choose()}>{say(frameText.byPath)}</Button>
}
