import { sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { Field, type FieldProps } from '../ui/field.tsx'

/** The address that names an account, unless it says otherwise. */
export function EmailField(props: Partial<FieldProps>) {
  const words = useTexts(sharedTexts)
  return <Field label={words.email} name="email" type="email" autoComplete="username" required maxLength={254} {...props} />
}
