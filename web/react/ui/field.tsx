import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

export type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'autoComplete'> & {
  readonly label: string
  /** `off` says that no password manager may fill it. */
  readonly autoComplete: string
  readonly hint?: ReactNode
  readonly error?: string | null
  /** Beside the input, inside its frame. */
  readonly after?: ReactNode
}

export function Field({ label, hint, error = null, after, className = '', ...input }: FieldProps) {
  const id = useId()
  const described = [hint === undefined ? '' : `${id}-hint`, error === null ? '' : `${id}-error`].filter((name) => name !== '').join(' ')
  return (
    <div className={`gb-field ${className}`}>
      <label className="gb-label" htmlFor={id}>
        {label}
      </label>
      <div className="gb-input-frame">
        <input
          {...input}
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
