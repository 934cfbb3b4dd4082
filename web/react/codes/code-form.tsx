import { type FormEvent, type ReactNode, useRef } from 'react'
import type { Problem } from '../../client/result.ts'
import { codeTexts } from '../../texts/codes.ts'
import { FormProblem } from '../forms/form-problem.tsx'
import { useRefusal } from '../forms/use-refusal.ts'
import { useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
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
  const { form, wait, isWaiting } = useRefusal(problem, 'code')
  const digitsBefore = useRef(0)
  const changed = ({ currentTarget: input }: FormEvent<HTMLInputElement>) => {
    const digits = digitsOf(input.value).length
    const arrivedWhole = digits === 6 && digitsBefore.current < 5
    digitsBefore.current = digits
    if (arrivedWhole && !isWaiting) input.form?.requestSubmit()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    digitsBefore.current = 0
    if (isWaiting) return
    void onCode(String(new FormData(event.currentTarget).get('code')))
  }
  return (
    <form className="gb-form" method="post" ref={form} onSubmit={submit}>
      <FormProblem problem={problem} wait={wait} {...(problemText === undefined ? {} : { text: problemText })} />
      <CodeField label={label} name="code" hint={texts.codeHint} onInput={changed} hasFocus={hasFocus ?? false} />
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning} disabled={isWaiting}>
        {submitLabel}
      </Button>
      {children}
    </form>
  )
}
