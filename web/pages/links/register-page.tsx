import { Redirect, useLocation } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { ConfirmRegistrationForm } from '../../react/registration/confirm-registration-form.tsx'
import { RegisterForm } from '../../react/registration/register-form.tsx'
import { useSession } from '../../react/session/use-session.ts'
import { Button } from '../../react/ui/button.tsx'
import { linkTexts } from '../../texts/links.ts'
import { usePage } from '../shell/page-context.ts'
import { PublicLayout } from '../shell/public-layout.tsx'
import { HaveAccount, ToLogin } from './to-login.tsx'
import { useLink } from './use-link.ts'
import { VoidLink } from './void-link.tsx'

export function RegisterPage() {
  const texts = useTexts(linkTexts)
  const link = useLink()
  const [, setLocation] = useLocation()
  if (link.isVoid)
    return (
      <VoidLink>
        <Button look="primary" className="gb-button-block" onClick={link.drop}>
          {texts.askAgain}
        </Button>
      </VoidLink>
    )
  if (link.token === null) return <Registration />
  return (
    <PublicLayout title={texts.confirmTitle} below={<HaveAccount />}>
      <ConfirmRegistrationForm key={link.token} token={link.token} onDone={() => setLocation('/account')} onVoid={link.spoil} />
    </PublicLayout>
  )
}

function Registration() {
  const texts = useTexts(linkTexts)
  const { registration } = usePage().settings
  const { status } = useSession()
  if (status === 'authenticated') return <Redirect to="/account" replace />
  if (registration === 'closed')
    return (
      <PublicLayout title={texts.registerClosedTitle} lead={texts.registerClosed}>
        <ToLogin />
      </PublicLayout>
    )
  return (
    <PublicLayout title={texts.registerTitle} below={<HaveAccount />}>
      <RegisterForm />
    </PublicLayout>
  )
}
