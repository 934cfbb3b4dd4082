import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { useFocus } from './use-focus.ts'

export type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'autoComplete'> & {
  readonly label: string
  /** `off` says that no password manager may fill it. */
  readonly autoComplete: string
  readonly hint?: ReactNode
  readonly error?: string | null
  /** Beside the input, inside its frame. */
  readonly after?: ReactNode
  /** Whether it takes the focus when it appears. */
  readonly hasFocus?: boolean
}

export function Field({ label, hint, error = null, after, hasFocus = false, className = '', ...input }: FieldProps) {
  const id = useId()
  const focus = useFocus()
  const described = [hint === undefined ? '' : `${id}-hint`, error === null ? '' : `${id}-error`].filter((name) => name !== '').join(' ')
  return (
    <div className={`gb-field ${className}`}>
      <label className="gb-label" htmlFor={id}>
        {label}
      </label>
      <div className="gb-input-frame">
        <input
          {...input}
          ref={hasFocus ? focus : undefined}
          id={id}
          className="gb-input"
          aria-invalid={error === null ? undefined : true}
          aria-describedby={described === '' ? undefined : described}
        />
        {after}
      </div>
      {hint !== undefined && (
        <p className="gb-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== null && (
        <p className="gb-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}
