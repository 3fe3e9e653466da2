import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../text/words.ts'
import { ui } from './texts.ts'

interface ModalProps {
  title: string
  /** One sentence under the title. */
  description?: ReactNode
  /** `wide` holds two columns: choices left, their effect right. */
  size?: 'small' | 'wide'
  /** The footer, which stays visible: the action, and why it is disabled. */
  footer: ReactNode
  onClose: () => void
  children: ReactNode
}

export function Modal({ title, description, size = 'small', footer, onClose, children }: ModalProps) {
  const { say } = useWords()
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="ui-backdrop" />
        <Dialog.Popup className={`ui-modal ui-modal-${size}`}>
          <header className="ui-modal-header">
            <div>
              <Dialog.Title className="ui-modal-title">{title}</Dialog.Title>
              {description !== undefined && <Dialog.Description className="ui-modal-description">{description}</Dialog.Description>}
            </div>
            <Dialog.Close className="ui-icon-button" aria-label={say(ui.close)}>
              <X size={16} />
            </Dialog.Close>
          </header>
          <div className="ui-modal-body">{children}</div>
          <footer className="ui-modal-footer">{footer}</footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
