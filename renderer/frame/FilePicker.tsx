import { type ReactNode, useRef } from 'react'
import type { ChosenFile } from '#contract'
import { Button } from '../ui/Button.tsx'
import { activityStore } from './stores/activity.ts'
import type { FileKind } from './stores/environment.ts'
import { environmentStore } from './stores/environment.ts'
import { useStore, useStoreState } from './stores-context.ts'
import { frameText } from './texts.ts'

const FOLDERS: FileKind[] = ['importFolder', 'pluginFolder']

interface FilePickerProps {
  kind: FileKind
  label: string
  accept?: string
  icon?: ReactNode
  variant?: 'plain' | 'primary'
  /** Brings chosen files to the host. */
  receive: (name: string, files: File[]) => Promise<ChosenFile | null>
  onFile: (file: ChosenFile) => void
}

/** Lets the person choose a file: by the host's own dialog where it has one, else by the browser's. */
export function FilePicker({ kind, label, accept, icon, variant = 'plain', receive, onFile }: FilePickerProps) {
  const environment = useStore(environmentStore)
  const activity = useStore(activityStore)
  const host = useStoreState(environmentStore, (state) => state.host)
  const isFolder = FOLDERS.includes(kind)
  const input = useRef<HTMLInputElement>(null)
  const choose = async () => {
    if (host === 'browser') return input.current?.click()
    try {
      const file = await environment.getState().chooseOpen(kind)
      if (file !== null) onFile(file)
    } catch (error) {
      activity.getState().reportError(frameText.fileNotChosen, error)
    }
  }
  return (
    <>
      <Button icon={icon} variant={variant} onClick={() => void choose()}>
        {label}
      </Button>
      {host === 'browser' && (
        <input
          ref={input}
          type="file"
          hidden
          aria-label={label}
          accept={accept}
          multiple={isFolder}
          {...(isFolder ? { webkitdirectory: '' } : {})}
          onChange={async (event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            if (files.length === 0) return
            const name = files[0]?.webkitRelativePath.split('/')[0] || (files[0]?.name ?? '')
            const file = await receive(name, files)
            if (file !== null) onFile(file)
          }}
        />
      )}
    </>
  )
}
