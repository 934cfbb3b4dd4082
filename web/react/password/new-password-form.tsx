import type { FormEvent, ReactNode } from 'react'
import type { Problem, Result } from '../../client/result.ts'
import { FormProblem } from '../forms/form-problem.tsx'
import { useRefusal } from '../forms/use-refusal.ts'
import { Button } from '../ui/button.tsx'
import { useAction } from '../ui/use-action.ts'
import { besidesPassword, NewPasswordField } from './new-password-field.tsx'

type NewPasswordFormProps<Value> = {
  readonly submitLabel: string
  readonly act: (password: string) => Promise<Result<Value>>
  readonly onDone: (value: Value) => void
  /** The token does not, or no longer, allow it. */
  readonly onVoid: () => void
  readonly mayHaveFactor?: boolean
  readonly children?: ReactNode
}

const isVoid = ({ code }: Problem) => code === 'INVALID_CREDENTIALS' || code === 'NOT_FOUND'

/** For whoever came by a mailed link. The token in it is used when the button is pressed, and not before. */
export function NewPasswordForm<Value>({ submitLabel, act, onDone, onVoid, mayHaveFactor, children }: NewPasswordFormProps<Value>) {
  const { run, isRunning, problem } = useAction(async (password: string) => {
    const result = await act(password)
    if (!result.ok && isVoid(result.problem)) onVoid()
    return result
  }, onDone)
  const { form, wait, isWaiting } = useRefusal(problem, 'password')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isWaiting) return
    void run(String(new FormData(event.currentTarget).get('password')))
  }
  return (
    <form className="gb-form" method="post" ref={form} onSubmit={submit}>
      <FormProblem problem={besidesPassword(problem)} wait={wait} />
      {children}
      <NewPasswordField problem={problem} mayHaveFactor={mayHaveFactor ?? false} hasFocus />
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning} disabled={isWaiting}>
        {submitLabel}
      </Button>
    </form>
  )
}
