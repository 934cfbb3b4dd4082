import type { FormEvent } from 'react'
import type { Result } from '../../client/result.ts'
import { sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useAction } from '../ui/use-action.ts'
import { type Captcha, useCaptcha } from './captcha.tsx'
import { FormProblem } from './form-problem.tsx'
import { useRefusal } from './use-refusal.ts'

type Asked = { readonly email: string; readonly captcha?: string }

type EmailFormProps<Value> = {
  readonly submitLabel: string
  readonly act: (body: Asked) => Promise<Result<Value>>
  readonly onDone: (email: string) => void
  readonly captcha?: Captcha | undefined
  readonly email?: string
}

/** Asks for a mail. */
export function EmailForm<Value>({ submitLabel, act, onDone, captcha, email = '' }: EmailFormProps<Value>) {
  const words = useTexts(sharedTexts)
  const robot = useCaptcha(captcha)
  const { run, isRunning, problem } = useAction(act, (_value, asked) => onDone(asked.email))
  const { form, wait, isWaiting } = useRefusal(problem, 'email')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isWaiting) return
    void run({ email: String(new FormData(event.currentTarget).get('email')), ...robot.take() })
  }
  return (
    <form className="gb-form" method="post" ref={form} onSubmit={submit}>
      <FormProblem problem={problem} wait={wait} />
      <Field label={words.email} name="email" type="email" autoComplete="username" required maxLength={254} defaultValue={email} hasFocus />
      {robot.shown}
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning} disabled={isWaiting}>
        {submitLabel}
      </Button>
    </form>
  )
}
