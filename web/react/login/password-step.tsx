import type { FormEvent, ReactNode } from 'react'
import { useCallback } from 'react'
import { loginTexts } from '../../texts/login.ts'
import { sharedTexts } from '../../texts/shared.ts'
import { type Captcha, useCaptcha } from '../forms/captcha.tsx'
import { FormProblem } from '../forms/form-problem.tsx'
import { useRefusal } from '../forms/use-refusal.ts'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { useAction } from '../ui/use-action.ts'
import { RememberedDevice } from './remembered-device.tsx'
import type { LoginOutcome, RestartReason } from './use-login-steps.ts'

export type PasswordStepProps = {
  readonly onOutcome: (outcome: LoginOutcome, email: string) => void
  /** Given before. */
  readonly email?: string
  /** Why the login before came to nothing. */
  readonly because?: RestartReason | null
  readonly captcha?: Captcha | undefined
  /** Between the fields and the button, for a link to the reset of a forgotten password. */
  readonly children?: ReactNode
}

export function PasswordStep({ onOutcome, email = '', because = null, captcha, children }: PasswordStepProps) {
  const { call } = useGatebook()
  const texts = useTexts(loginTexts)
  const words = useTexts(sharedTexts)
  const robot = useCaptcha(captcha)
  const logIn = useCallback((body: { email: string; password: string; captcha?: string }) => call('POST /login', { body }), [call])
  const { run, isRunning, problem } = useAction(logIn, (outcome, input) => onOutcome(outcome, input.email))
  const { form, wait, isWaiting } = useRefusal(problem, 'password')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isWaiting) return
    const fields = new FormData(event.currentTarget)
    void run({ email: String(fields.get('email')), password: String(fields.get('password')), ...robot.take() })
  }
  return (
    <form className="gb-form" method="post" ref={form} onSubmit={submit}>
      {because !== null && problem === null && <Alert tone="warning">{because === 'void' ? texts.began : texts.notKept}</Alert>}
      <FormProblem problem={problem} wait={wait} />
      <Field
        label={words.email}
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        defaultValue={email}
        hasFocus={email === ''}
      />
      <PasswordField label={words.password} name="password" autoComplete="current-password" hasFocus={email !== ''} />
      {children}
      {robot.shown}
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning} disabled={isWaiting}>
        {texts.submit}
      </Button>
      <RememberedDevice />
    </form>
  )
}
