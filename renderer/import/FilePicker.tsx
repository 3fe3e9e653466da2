import { type ReactNode, useRef } from 'react'
import { useApp, useStores } from '../app/stores-context.ts'
import { Button } from '../ui/Button.tsx'

interface FilePickerProps {
  kind: 'environment' | 'import' | 'importFolder' | 'csv'
  label: string
  accept?: string
  icon?: ReactNode
  variant?: 'plain' | 'primary'
  onPath: (path: string) => void
}

/** Lets the person choose a file: by the host's own dialog where it has one, else by the browser's. */
export function FilePicker({ kind, label, accept, icon, variant = 'plain', onPath }: FilePickerProps) {
  const { environment, transfer, activity } = useStores()
  const host = useApp('environment', (state) => state.host)
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
          multiple={kind === 'importFolder'}
          {...(kind === 'importFolder' ? { webkitdirectory: '' } : {})}
          onChange={async (event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            if (files.length === 0) return
            const path = await transfer.getState().receive(files[0]?.name ?? '', files)
            if (path !== null) onPath(path)
          }}
        />
      )}
    </>
  )
}
