import type { ReactNode } from 'react'
import type { Problem, Result } from '../../client/result.ts'
import { ActionForm } from '../forms/action-form.tsx'
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
  return (
    <ActionForm
      submitLabel={submitLabel}
      onSubmit={(fields) => void run(String(fields.get('password')))}
      isRunning={isRunning}
      problem={problem}
      problemText={problem === besidesPassword(problem) ? undefined : null}
      field="password"
    >
      {children}
      <NewPasswordField problem={problem} mayHaveFactor={mayHaveFactor ?? false} hasFocus />
    </ActionForm>
  )
}
