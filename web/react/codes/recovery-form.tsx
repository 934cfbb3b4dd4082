import type { FormEvent, ReactNode } from 'react'
import type { Problem } from '../../client/result.ts'
import { codeTexts } from '../../texts/codes.ts'
import { FormProblem } from '../forms/form-problem.tsx'
import { useRefusal } from '../forms/use-refusal.ts'
import { useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

type RecoveryFormProps = {
  readonly submitLabel: string
  readonly onCode: (code: string) => Promise<void>
  readonly isRunning: boolean
  readonly problem: Problem | null
  readonly children?: ReactNode
}

/** A recovery code is text, which no device fills in. */
export function RecoveryForm({ submitLabel, onCode, isRunning, problem, children }: RecoveryFormProps) {
  const texts = useTexts(codeTexts)
  const { form, wait, isWaiting } = useRefusal(problem, 'recovery-code')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isWaiting) void onCode(String(new FormData(event.currentTarget).get('recovery-code')))
  }
  return (
    <form className="gb-form" method="post" ref={form} onSubmit={submit}>
      <FormProblem problem={problem} wait={wait} />
      <Field
        label={texts.recoveryLabel}
        hint={texts.recoveryHint}
        name="recovery-code"
        type="text"
        autoComplete="off"
        className="gb-recovery-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        required
        hasFocus
      />
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning} disabled={isWaiting}>
        {submitLabel}
      </Button>
      {children}
    </form>
  )
}
