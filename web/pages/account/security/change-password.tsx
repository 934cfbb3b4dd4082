import { type FormEvent, useCallback, useState } from 'react'
import type { InputOf, Problem } from '../../../client/result.ts'
import { FormProblem } from '../../../react/forms/form-problem.tsx'
import { useRefusal } from '../../../react/forms/use-refusal.ts'
import { UsernameField } from '../../../react/forms/username-field.tsx'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { besidesPassword, NewPasswordField } from '../../../react/password/new-password-field.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { PasswordField } from '../../../react/ui/password-field.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { Card } from '../../parts/card.tsx'
import { DoneNote } from '../done-note.tsx'
import { useSecondFactor } from '../use-second-factor.ts'

type Passwords = InputOf<'POST /password'>['body']

const isWrong = (problem: Problem | null) => problem?.code === 'INVALID_CREDENTIALS'

/** The form is new after each change, so no password stays in it. */
export function ChangePassword() {
  const texts = useTexts(accountTexts).password
  const [changes, setChanges] = useState(0)
  return (
    <Card title={texts.title} description={texts.lead}>
      {changes > 0 && <DoneNote text={texts.done} />}
      <PasswordForm key={changes} onDone={() => setChanges(changes + 1)} />
    </Card>
  )
}

function PasswordForm({ onDone }: { readonly onDone: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).password
  const { value: factor } = useSecondFactor()
  const change = useCallback((body: Passwords) => call('POST /password', { body }), [call])
  const { run, isRunning, problem } = useAction(change, onDone)
  const { form, wait, isWaiting } = useRefusal(problem, 'current')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isWaiting) return
    const fields = new FormData(event.currentTarget)
    void run({ currentPassword: String(fields.get('current')), newPassword: String(fields.get('new')) })
  }
  return (
    <form className="gb-form narrow" method="post" ref={form} onSubmit={submit}>
      <FormProblem problem={isWrong(problem) ? null : besidesPassword(problem)} wait={wait} />
      <UsernameField />
      <PasswordField label={texts.current} name="current" autoComplete="current-password" error={isWrong(problem) ? texts.wrong : null} />
      <NewPasswordField label={texts.new} name="new" problem={problem} mayHaveFactor={factor?.enrolled ?? true} />
      <div>
        <Button type="submit" look="primary" isBusy={isRunning} disabled={isWaiting}>
          {texts.submit}
        </Button>
      </div>
    </form>
  )
}
