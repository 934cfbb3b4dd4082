import type { FormEvent } from 'react'
import { useCallback } from 'react'
import { loginTexts } from '../../texts/login.ts'
import { sharedTexts } from '../../texts/shared.ts'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { ProblemAlert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { useAction } from '../ui/use-action.ts'

export function LoginForm() {
  const { call } = useGatebook()
  const texts = useTexts(loginTexts)
  const words = useTexts(sharedTexts)
  const logIn = useCallback((body: { email: string; password: string }) => call('POST /login', { body }), [call])
  const { run, isRunning, problem } = useAction(logIn, () => {})
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void run({ email: String(form.get('email')), password: String(form.get('password')) })
  }
  return (
    <form className="gb-form" method="post" onSubmit={submit}>
      <ProblemAlert problem={problem} />
      <Field label={words.email} name="email" type="email" autoComplete="username" required maxLength={254} />
      <PasswordField label={words.password} name="password" autoComplete="current-password" />
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning}>
        {texts.submit}
      </Button>
    </form>
  )
}
