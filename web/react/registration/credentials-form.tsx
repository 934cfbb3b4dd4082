import type { ReactNode } from 'react'
import type { Problem, Result } from '../../client/result.ts'
import { problemText as textOf } from '../../texts/problem-text.ts'
import { problemTexts, sharedTexts } from '../../texts/shared.ts'
import { ActionForm } from '../forms/action-form.tsx'
import { type Captcha, useCaptcha } from '../forms/captcha.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { useTexts } from '../gatebook-context.ts'
import { besidesPassword, NewPasswordField } from '../password/new-password-field.tsx'
import { useAction } from '../ui/use-action.ts'

type Credentials = { readonly email: string; readonly password: string; readonly captcha?: string }

type CredentialsFormProps<Value> = {
  readonly submitLabel: string
  /** `fields` holds what `children` ask for. */
  readonly act: (credentials: Credentials, fields: FormData) => Promise<Result<Value>>
  readonly onDone: (value: Value, email: string) => void
  readonly captcha?: Captcha | undefined
  readonly problemText?: (problem: Problem) => string | undefined
  readonly hasFocus?: boolean
  /** Above the email address. */
  readonly children?: ReactNode
}

/** An email address and a new password beside it, as password managers expect them. */
export function CredentialsForm<Value>(props: CredentialsFormProps<Value>) {
  const { submitLabel, act, onDone, captcha, problemText, hasFocus = true, children } = props
  const words = useTexts(sharedTexts)
  const problems = useTexts(problemTexts)
  const robot = useCaptcha(captcha)
  const { run, isRunning, problem } = useAction(
    ({ fields, ...credentials }: Credentials & { readonly fields: FormData }) => act(credentials, fields),
    (value, { email }) => onDone(value, email),
  )
  const isTaken = problem?.code === 'EMAIL_TAKEN'
  const elsewhere = isTaken ? null : besidesPassword(problem)
  const submit = (fields: FormData) =>
    void run({ email: String(fields.get('email')), password: String(fields.get('password')), ...robot.take(), fields })
  return (
    <ActionForm
      submitLabel={submitLabel}
      onSubmit={submit}
      isRunning={isRunning}
      problem={problem}
      problemText={elsewhere === null ? null : problemText?.(elsewhere)}
      field="email"
    >
      {children}
      <EmailField hasFocus={hasFocus} error={isTaken ? textOf(problems, problem) : null} />
      <NewPasswordField problem={problem} label={words.password} />
      {robot.shown}
    </ActionForm>
  )
}
