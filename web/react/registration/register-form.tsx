import { useCallback, useState } from 'react'
import type { InputOf } from '../../client/result.ts'
import { linkTexts } from '../../texts/links.ts'
import type { Captcha } from '../forms/captcha.tsx'
import { CheckMail } from '../forms/check-mail.tsx'
import { EmailForm } from '../forms/email-form.tsx'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { LoginSteps } from '../login/login-steps.tsx'
import { Alert } from '../ui/alert.tsx'
import { useServiceSettings } from '../use-service-settings.ts'
import { CredentialsForm } from './credentials-form.tsx'

type RegisterFormProps = { readonly onDone?: () => void; readonly captcha?: Captcha }

/** What the service offers: an account at once, a mailed link, or nothing. */
export function RegisterForm({ onDone, captcha }: RegisterFormProps) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const { registration } = useServiceSettings()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [email, setEmail] = useState('')
  const register = useCallback((body: InputOf<'POST /register'>['body']) => call('POST /register', { body }), [call])
  const sent = (to: string) => {
    setEmail(to)
    setSentTo(to)
  }
  if (registration === 'closed') return <Alert>{texts.registerClosed}</Alert>
  if (sentTo !== null) return <CheckMail email={sentTo} onAgain={() => setSentTo(null)} />
  if (registration === 'verified')
    return (
      <div className="gb-steps">
        <p>{texts.registerByMail}</p>
        <EmailForm submitLabel={texts.registerSend} act={register} onDone={sent} captcha={captcha} email={email} />
      </div>
    )
  return (
    <LoginSteps
      captcha={captcha}
      {...(onDone === undefined ? {} : { onDone })}
      first={(proceed) => (
        <CredentialsForm
          submitLabel={texts.registerSubmit}
          act={register}
          onDone={(outcome, given) => (outcome.status === 'check_email' ? sent(given) : proceed(outcome))}
          captcha={captcha}
        />
      )}
    />
  )
}
