import type { ComponentProps, ReactNode } from 'react'

interface ButtonProps extends ComponentProps<'button'> {
  /** One primary action for each screen or dialog; `danger` for actions that remove records. */
  variant?: 'plain' | 'primary' | 'danger' | 'quiet'
  icon?: ReactNode
}

export function Button({ variant = 'plain', icon, children, className = '', ...rest }: ButtonProps) {
  return (
    <button type="button" className={`ui-button ui-button-${variant} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  )
}
