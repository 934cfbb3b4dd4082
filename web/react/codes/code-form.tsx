import { type FormEvent, type ReactNode, useRef } from 'react'
import type { Problem } from '../../client/result.ts'
import { codeTexts } from '../../texts/codes.ts'
import { ActionForm } from '../forms/action-form.tsx'
import { useTexts } from '../gatebook-context.ts'
import { CodeField } from '../ui/code-field.tsx'

type CodeFormProps = {
  readonly label: string
  readonly submitLabel: string
  readonly onCode: (code: string) => Promise<void>
  readonly isRunning: boolean
  readonly problem: Problem | null
  /** In place of the usual text of the problem. */
  readonly problemText?: string | undefined
  readonly hasFocus?: boolean
  /** Below the button. */
  readonly children?: ReactNode
}

const digitsOf = (text: string) => text.replaceAll(/\D/g, '')

/**
 * A code that arrives whole, pasted or filled in by the device, is checked at once. One that is typed is not, because a slip would
 * cost one of a few attempts.
 */
export function CodeForm({ label, submitLabel, onCode, isRunning, problem, problemText, hasFocus, children }: CodeFormProps) {
  const texts = useTexts(codeTexts)
  const digitsBefore = useRef(0)
  const changed = ({ currentTarget: input }: FormEvent<HTMLInputElement>) => {
    const digits = digitsOf(input.value).length
    const arrivedWhole = digits === 6 && digitsBefore.current < 5
    digitsBefore.current = digits
    if (arrivedWhole) input.form?.requestSubmit()
  }
  const submit = (fields: FormData) => {
    digitsBefore.current = 0
    void onCode(String(fields.get('code')))
  }
  return (
    <ActionForm
      submitLabel={submitLabel}
      onSubmit={submit}
      isRunning={isRunning}
      problem={problem}
      problemText={problemText}
      field="code"
      after={children}
    >
      <CodeField label={label} name="code" hint={texts.codeHint} onInput={changed} hasFocus={hasFocus ?? false} />
    </ActionForm>
  )
}
