import { useCallback, useState } from 'react'
import type { InputOf } from '../../client/result.ts'
import { linkTexts } from '../../texts/links.ts'
import type { Captcha } from '../forms/captcha.tsx'
import { CheckMail } from '../forms/check-mail.tsx'
import { EmailForm } from '../forms/email-form.tsx'
import { useGatebook, useTexts } from '../gatebook-context.ts'

/** For whoever has forgotten the password. */
export function RequestResetForm({ captcha }: { readonly captcha?: Captcha }) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const [email, setEmail] = useState('')
  const [isSent, setSent] = useState(false)
  const request = useCallback((body: InputOf<'POST /password/reset'>['body']) => call('POST /password/reset', { body }), [call])
  if (isSent) return <CheckMail email={email} onAgain={() => setSent(false)} />
  const sent = (to: string) => {
    setEmail(to)
    setSent(true)
  }
  return (
    <div className="gb-steps">
      <p>{texts.requestLead}</p>
      <EmailForm submitLabel={texts.registerSend} act={request} onDone={sent} captcha={captcha} email={email} />
    </div>
  )
}
