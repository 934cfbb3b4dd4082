import { type FormEvent, useCallback } from 'react'
import { sharedTexts } from '../../texts/shared.ts'
import { stepUpTexts } from '../../texts/step-up.ts'
import { FormProblem } from '../forms/form-problem.tsx'
import { useRefusal } from '../forms/use-refusal.ts'
import { UsernameField } from '../forms/username-field.tsx'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { useAction } from '../ui/use-action.ts'

export function ElevateByPassword({ onDone }: { readonly onDone: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(stepUpTexts)
  const words = useTexts(sharedTexts)
  const elevate = useCallback((password: string) => call('POST /session/elevate', { body: { password } }), [call])
  const { run, isRunning, problem } = useAction(elevate, onDone)
  const { form, wait, isWaiting } = useRefusal(problem, 'password')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isWaiting) void run(String(new FormData(event.currentTarget).get('password')))
  }
  const isWrong = problem?.code === 'INVALID_CREDENTIALS'
  return (
    <form className="gb-form" method="post" ref={form} onSubmit={submit}>
      <FormProblem problem={problem} wait={wait} {...(isWrong ? { text: texts.wrongPassword } : {})} />
      <UsernameField />
      <PasswordField label={words.password} name="password" autoComplete="current-password" hasFocus />
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning} disabled={isWaiting}>
        {texts.confirm}
      </Button>
    </form>
  )
}
