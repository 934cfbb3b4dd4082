import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { useGatebook, useTexts } from '../../react/gatebook-context.ts'
import { LoginSteps } from '../../react/login/login-steps.tsx'
import { NewPasswordForm } from '../../react/password/new-password-form.tsx'
import { linkTexts } from '../../texts/links.ts'
import { PublicLayout } from '../shell/public-layout.tsx'
import { ToLogin } from './to-login.tsx'
import { useLink } from './use-link.ts'
import { NoLink, VoidLink } from './void-link.tsx'

export function InvitationPage() {
  const texts = useTexts(linkTexts)
  const link = useLink()
  if (link.isVoid)
    return (
      <VoidLink>
        <p>{texts.invitationVoid}</p>
        <ToLogin />
      </VoidLink>
    )
  if (link.token === null)
    return (
      <NoLink>
        <ToLogin />
      </NoLink>
    )
  return (
    <PublicLayout title={texts.invitationTitle}>
      <AcceptInvitation key={link.token} token={link.token} onVoid={link.spoil} />
    </PublicLayout>
  )
}

function AcceptInvitation({ token, onVoid }: { readonly token: string; readonly onVoid: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const [, setLocation] = useLocation()
  const accept = useCallback((password: string) => call('POST /invitation/confirm', { body: { token, password } }), [call, token])
  return (
    <LoginSteps
      onDone={() => setLocation('/account')}
      first={(proceed) => (
        <NewPasswordForm submitLabel={texts.invitationSubmit} act={accept} onDone={proceed} onVoid={onVoid}>
          <p className="gb-muted">{texts.invitationLead}</p>
        </NewPasswordForm>
      )}
    />
  )
}
