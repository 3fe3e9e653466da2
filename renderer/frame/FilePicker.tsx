import { type ReactNode, useRef } from 'react'
import { Button } from '../ui/Button.tsx'
import type { FileKind } from './stores/environment.ts'
import { useApp, useStores } from './stores-context.ts'

const FOLDERS: FileKind[] = ['importFolder', 'pluginFolder']

interface FilePickerProps {
  kind: FileKind
  label: string
  accept?: string
  icon?: ReactNode
  variant?: 'plain' | 'primary'
  /** Sends chosen files to the host. @default as an import */
  receive?: (name: string, files: File[]) => Promise<string | null>
  onPath: (path: string) => void
}

/** Lets the person choose a file, by the host's dialog if it has one, else by the browser's. */
export function FilePicker({ kind, label, accept, icon, variant = 'plain', receive, onPath }: FilePickerProps) {
  const { environment, transfer, activity } = useStores()
  const host = useApp('environment', (state) => state.host)
  const isFolder = FOLDERS.includes(kind)
  const input = useRef<HTMLInputElement>(null)
  const choose = async () => {
    if (host === 'browser') return input.current?.click()
    try {
      const path = await environment.getState().chooseOpen(kind)
      if (path !== null) onPath(path)
    } catch (error) {
      activity.getState().reportError('The file was not chosen', error)
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
            const path = await (receive ?? transfer.getState().receive)(name, files)
            if (path !== null) onPath(path)
          }}
        />
      )}
    </>
  )
}
