import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { LoginForm } from '../../react/login/login-form.tsx'
import { useSession } from '../../react/session/use-session.ts'
import { Alert } from '../../react/ui/alert.tsx'
import { loginTexts } from '../../texts/login.ts'
import { useServiceAway } from '../session/use-service-away.ts'
import { usePage } from '../shell/page-context.ts'
import { PublicLayout } from '../shell/public-layout.tsx'
import { Onward } from './onward.tsx'

export function LoginPage() {
  const texts = useTexts(loginTexts)
  const { settings, logoutNotice } = usePage()
  const { status } = useSession()
  const isAway = useServiceAway()
  const [wasLoggedOut] = useState(logoutNotice.isDue)
  useEffect(() => logoutNotice.clear, [logoutNotice])
  if (status === 'authenticated') return <Onward />
  return (
    <PublicLayout title={texts.title} below={settings.registration !== 'closed' && <ToRegistration />}>
      {wasLoggedOut && <Alert>{texts.loggedOut}</Alert>}
      {isAway && <Alert tone="warning">{texts.service}</Alert>}
      <LoginForm>
        <Link className="form-link" href="/reset">
          {texts.forgotten}
        </Link>
      </LoginForm>
    </PublicLayout>
  )
}

function ToRegistration() {
  const texts = useTexts(loginTexts)
  return (
    <p>
      {texts.noAccount} <Link href="/register">{texts.register}</Link>
    </p>
  )
}
