import { Field, type FieldProps } from './field.tsx'

/** Takes digits with blanks or dashes, pasted or filled in by the device. */
export function CodeField(props: Omit<FieldProps, 'type' | 'inputMode' | 'autoComplete'>) {
  return (
    <Field
      required
      maxLength={64}
      spellCheck={false}
      autoCapitalize="none"
      className="gb-code"
      {...props}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
    />
  )
}
