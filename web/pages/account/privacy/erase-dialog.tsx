import { type FormEvent, useCallback, useState } from 'react'
import type { InputOf } from '../../../client/result.ts'
import { isDelivered } from '../../../react/codes/is-delivered.ts'
import { SendCode } from '../../../react/codes/send-code.tsx'
import { FormProblem } from '../../../react/forms/form-problem.tsx'
import { useRefusal } from '../../../react/forms/use-refusal.ts'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { CodeField } from '../../../react/ui/code-field.tsx'
import { Dialog } from '../../../react/ui/dialog.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { PasswordField } from '../../../react/ui/password-field.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { stepUpTexts } from '../../../texts/codes.ts'
import { sharedTexts } from '../../../texts/shared.ts'

type Proof = InputOf<'DELETE /me'>['body']

type EraseDialogProps = {
  /** What is typed to confirm it: the address, or the id of an account without one. */
  readonly name: string
  /** How codes reach the person. Null without a second factor: then the password counts. */
  readonly mode: string | null
  readonly onClose: () => void
}

/** After it nobody is here: the pages go to the login by themselves. */
export function EraseOwnAccountDialog({ name, mode, onClose }: EraseDialogProps) {
  const { call } = useGatebook()
  const all = useTexts(accountTexts)
  const texts = all.erase
  const words = useTexts(sharedTexts)
  const proofs = useTexts(stepUpTexts)
  const [isMistyped, setMistyped] = useState(false)
  const erase = useCallback((body: Proof) => call('DELETE /me', { body }), [call])
  const send = useCallback(() => call('POST /totp/send'), [call])
  const { run, isRunning, problem } = useAction(erase, onClose)
  const { form, wait, isWaiting } = useRefusal(problem, 'proof')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const isRight = String(fields.get('confirmation')).trim().toLowerCase() === name.toLowerCase()
    setMistyped(!isRight)
    if (!isRight || isWaiting) return
    const proof = String(fields.get('proof'))
    void run(mode === null ? { password: proof } : { code: proof })
  }
  const isWrongPassword = problem?.code === 'INVALID_CREDENTIALS'
  return (
    <Dialog title={texts.dialogTitle} onClose={onClose}>
      <form className="gb-form" method="post" ref={form} onSubmit={submit}>
        <ul className="rules">
          {texts.consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
        <FormProblem problem={isWrongPassword ? null : problem} wait={wait} />
        {isWrongPassword && <Alert tone="danger">{proofs.wrongPassword}</Alert>}
        <Field
          label={texts.confirm(name)}
          name="confirmation"
          type="text"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          required
          hasFocus
          error={isMistyped ? texts.mismatch : null}
        />
        {mode === null ? (
          <PasswordField label={words.password} name="proof" autoComplete="current-password" />
        ) : (
          <CodeField label={isDelivered(mode) ? all.codeSent : all.codeApp} name="proof" hint={proofs.wait} />
        )}
        {mode !== null && isDelivered(mode) && <SendCode send={send} wasSent={false} />}
        <div className="gb-actions">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" look="danger" isBusy={isRunning} disabled={isWaiting}>
            {texts.final}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
