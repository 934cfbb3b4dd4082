import { useCallback } from 'react'
import { linkTexts } from '../../texts/links.ts'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { NewPasswordForm } from '../password/new-password-form.tsx'
import { Alert } from '../ui/alert.tsx'
import type { LoginOutcome } from './use-login-steps.ts'

type NewPasswordStepProps = {
  readonly challenge: string
  readonly onDone: (outcome: LoginOutcome) => void
  /** The challenge is void. */
  readonly onVoid: () => void
}

export function NewPasswordStep({ challenge, onDone, onVoid }: NewPasswordStepProps) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const replace = useCallback(
    (newPassword: string) => call('POST /login/password', { body: { challenge, newPassword } }),
    [call, challenge],
  )
  return (
    <NewPasswordForm submitLabel={texts.replaceSubmit} act={replace} onDone={onDone} onVoid={onVoid} mayHaveFactor>
      <Alert>{texts.replaceLead}</Alert>
    </NewPasswordForm>
  )
}
