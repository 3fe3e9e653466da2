import { FileDown } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useWords } from '../text/words.ts'
import { shellText } from './texts.ts'
import { useBringIn } from './use-bring-in.ts'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')

/** Accepts dropped files in the whole window: opens an environment, shows a plug-in before installation, and imports everything else. */
export function DropZone({ children }: { children: ReactNode }) {
  const bringIn = useBringIn()
  const { say } = useWords()
  // The enter event of a child precedes the leave event of its parent, so the depth tells whether the pointer is still inside.
  const [depth, setDepth] = useState(0)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a target for dropping; the import screen offers the same to the keyboard
    <div
      className="app-drop-zone"
      onDragEnter={(event) => carriesFiles(event) && setDepth((before) => before + 1)}
      onDragLeave={(event) => carriesFiles(event) && setDepth((before) => Math.max(0, before - 1))}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setDepth(0)
        void bringIn(event.dataTransfer)
      }}
    >
      {children}
      {depth > 0 && (
        <div className="app-drop-hint" aria-hidden>
          <FileDown size={32} />
          <p>{say(shellText.drop)}</p>
        </div>
      )}
    </div>
  )
}
