import { useTexts } from '../../react/gatebook-context.ts'
import { RequestResetForm } from '../../react/password/request-reset-form.tsx'
import { ResetPasswordForm } from '../../react/password/reset-password-form.tsx'
import { Button } from '../../react/ui/button.tsx'
import { linkTexts } from '../../texts/links.ts'
import { PublicLayout } from '../shell/public-layout.tsx'
import { HaveAccount, ToLogin } from './to-login.tsx'
import { useLink } from './use-link.ts'
import { VoidLink } from './void-link.tsx'

export function ResetPage() {
  const texts = useTexts(linkTexts)
  const link = useLink()
  if (link.isVoid)
    return (
      <VoidLink>
        <Button look="primary" className="gb-button-block" onClick={link.drop}>
          {texts.askAgain}
        </Button>
      </VoidLink>
    )
  if (link.isDone)
    return (
      <PublicLayout title={texts.resetDoneTitle} lead={texts.resetDone} hasFocus>
        <ToLogin />
      </PublicLayout>
    )
  if (link.token === null)
    return (
      <PublicLayout title={texts.requestTitle} below={<HaveAccount />}>
        <RequestResetForm />
      </PublicLayout>
    )
  return (
    <PublicLayout title={texts.resetTitle} lead={texts.resetLead}>
      <ResetPasswordForm key={link.token} token={link.token} onDone={link.done} onVoid={link.spoil} />
    </PublicLayout>
  )
}
