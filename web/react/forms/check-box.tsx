import type { InputHTMLAttributes, ReactNode } from 'react'

type CheckBoxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { readonly children: ReactNode }

export function CheckBox({ children, ...input }: CheckBoxProps) {
  return (
    <label className="gb-check">
      <input {...input} type="checkbox" />
      <span>{children}</span>
    </label>
  )
}
