import { type ReactNode, useId } from 'react'

type SelectFieldProps = {
  readonly label: string
  readonly name?: string
  readonly value?: string
  readonly onChange?: (value: string) => void
  readonly children: ReactNode
}

export function SelectField({ label, name, value, onChange, children }: SelectFieldProps) {
  const id = useId()
  return (
    <div className="gb-field">
      <label className="gb-label" htmlFor={id}>
        {label}
      </label>
      <div className="gb-input-frame">
        <select className="select" id={id} name={name} value={value} onChange={(event) => onChange?.(event.currentTarget.value)}>
          {children}
        </select>
      </div>
    </div>
  )
}
