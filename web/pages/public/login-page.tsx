import { Redirect, useSearchParams } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { LoginForm } from '../../react/login/login-form.tsx'
import { useSession } from '../../react/session/use-session.ts'
import { loginTexts } from '../../texts/login.ts'
import { PublicLayout } from '../shell/public-layout.tsx'

/** Only pages of our own: an address from elsewhere would make the login a redirector for phishing. */
const safePath = (to: string | null) => (to !== null && /^\/(account|admin)(\/[\w/-]*)?$/.test(to) ? to : '/account')

export function LoginPage() {
  const texts = useTexts(loginTexts)
  const [search] = useSearchParams()
  const { status } = useSession()
  if (status === 'authenticated') return <Redirect to={safePath(search.get('to'))} replace />
  return (
    <PublicLayout title={texts.title}>
      <LoginForm />
    </PublicLayout>
  )
}
