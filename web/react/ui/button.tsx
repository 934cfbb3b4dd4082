import type { ButtonHTMLAttributes, ReactNode } from 'react'

type Look = 'primary' | 'secondary' | 'danger' | 'quiet'

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  readonly look?: Look
  readonly type?: 'button' | 'submit'
  /** Stays focusable, so that a screen reader keeps its place. */
  readonly isBusy?: boolean
  readonly children: ReactNode
}

export function Button({ look = 'secondary', type = 'button', isBusy = false, className = '', onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`gb-button gb-button-${look} ${className}`}
      aria-busy={isBusy}
      aria-disabled={isBusy || rest.disabled}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {isBusy && <span className="gb-spinner" aria-hidden="true" />}
      <span className="gb-button-label">{children}</span>
    </button>
  )
}
