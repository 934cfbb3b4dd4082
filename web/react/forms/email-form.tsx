import type { Result } from '../../client/result.ts'
import { useAction } from '../ui/use-action.ts'
import { ActionForm } from './action-form.tsx'
import { type Captcha, useCaptcha } from './captcha.tsx'
import { EmailField } from './email-field.tsx'

type Asked = { readonly email: string; readonly captcha?: string }

type EmailFormProps<Value> = {
  readonly submitLabel: string
  readonly act: (body: Asked) => Promise<Result<Value>>
  readonly onDone: (email: string) => void
  readonly captcha?: Captcha | undefined
  readonly email?: string
  /** For an address that names no account yet. */
  readonly newLabel?: string
}

/** Asks for a mail. */
export function EmailForm<Value>({ submitLabel, act, onDone, captcha, email = '', newLabel }: EmailFormProps<Value>) {
  const robot = useCaptcha(captcha)
  const { run, isRunning, problem } = useAction(act, (_value, asked) => onDone(asked.email))
  return (
    <ActionForm
      submitLabel={submitLabel}
      onSubmit={(fields) => void run({ email: String(fields.get('email')), ...robot.take() })}
      isRunning={isRunning}
      problem={problem}
      field="email"
    >
      <EmailField {...(newLabel === undefined ? {} : { label: newLabel, autoComplete: 'email' })} defaultValue={email} hasFocus />
      {robot.shown}
    </ActionForm>
  )
}
