import { type ReactNode, useCallback } from 'react'
import { loginTexts } from '../../texts/login.ts'
import { sharedTexts } from '../../texts/shared.ts'
import { ActionForm } from '../forms/action-form.tsx'
import { type Captcha, useCaptcha } from '../forms/captcha.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { Alert } from '../ui/alert.tsx'
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
  const submit = (fields: FormData) =>
    void run({ email: String(fields.get('email')), password: String(fields.get('password')), ...robot.take() })
  return (
    <ActionForm
      submitLabel={texts.submit}
      onSubmit={submit}
      isRunning={isRunning}
      problem={problem}
      field="password"
      after={<RememberedDevice />}
    >
      {because !== null && problem === null && <Alert tone="warning">{because === 'void' ? texts.began : texts.notKept}</Alert>}
      <EmailField defaultValue={email} hasFocus={email === ''} />
      <PasswordField label={words.password} name="password" autoComplete="current-password" hasFocus={email !== ''} />
      {children}
      {robot.shown}
    </ActionForm>
  )
}
