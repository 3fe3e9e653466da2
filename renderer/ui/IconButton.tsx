import { Tooltip } from '@base-ui/react/tooltip'
import type { ComponentProps, ReactNode } from 'react'
import { Keys } from './Keys.tsx'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The action, for screen readers and as a tooltip. */
  label: string
  /** A longer tooltip, instead of the label. */
  hint?: string
  /** Keys that do the same, for instance `Ctrl+K`. */
  keys?: string
  children: ReactNode
}

export function IconButton({ label, hint = label, keys, className = '', children, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={<button type="button" aria-label={label} className={`ui-icon-button ${className}`} {...rest} />}>
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="ui-layer">
          <Tooltip.Popup className="ui-tooltip">
            {hint}
            {keys !== undefined && <Keys keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
