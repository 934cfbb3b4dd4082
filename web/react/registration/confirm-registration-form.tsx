import { useCallback } from 'react'
import { linkTexts } from '../../texts/links.ts'
import type { Captcha } from '../forms/captcha.tsx'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { LoginSteps } from '../login/login-steps.tsx'
import { NewPasswordForm } from '../password/new-password-form.tsx'
import type { LinkFormProps } from '../password/reset-password-form.tsx'

export function ConfirmRegistrationForm({ token, onDone, onVoid, captcha }: LinkFormProps & { readonly captcha?: Captcha }) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const confirm = useCallback((password: string) => call('POST /register/confirm', { body: { token, password } }), [call, token])
  return (
    <LoginSteps
      onDone={onDone}
      captcha={captcha}
      first={(proceed) => (
        <NewPasswordForm submitLabel={texts.confirmSubmit} act={confirm} onDone={proceed} onVoid={onVoid}>
          <p className="gb-muted">{texts.confirmLead}</p>
        </NewPasswordForm>
      )}
    />
  )
}
