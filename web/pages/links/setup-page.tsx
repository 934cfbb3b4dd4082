import { useCallback, useState } from 'react'
import { useLocation } from 'wouter'
import { useGatebook, useTexts } from '../../react/gatebook-context.ts'
import { LoginSteps } from '../../react/login/login-steps.tsx'
import { CredentialsForm } from '../../react/registration/credentials-form.tsx'
import { Field } from '../../react/ui/field.tsx'
import { linkTexts } from '../../texts/links.ts'
import { PublicLayout } from '../shell/public-layout.tsx'
import { ToLogin } from './to-login.tsx'
import { useLinkToken } from './use-link-token.ts'

export function SetupPage() {
  const texts = useTexts(linkTexts)
  const [isOver, setOver] = useState(false)
  if (isOver)
    return (
      <PublicLayout title={texts.setupOverTitle} lead={texts.setupOver} hasFocus>
        <ToLogin />
      </PublicLayout>
    )
  return (
    <PublicLayout title={texts.setupTitle}>
      <SetUp onOver={() => setOver(true)} />
    </PublicLayout>
  )
}

function SetUp({ onOver }: { readonly onOver: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const linkToken = useLinkToken()
  const [, setLocation] = useLocation()
  const setUp = useCallback(
    async ({ email, password }: { readonly email: string; readonly password: string }, fields: FormData) => {
      const setupToken = linkToken ?? String(fields.get('setup-token'))
      const result = await call('POST /setup', { body: { setupToken, email, password } })
      if (!result.ok && result.problem.code === 'NOT_FOUND') onOver()
      return result
    },
    [call, linkToken, onOver],
  )
  return (
    <LoginSteps
      onDone={() => setLocation('/admin')}
      first={(proceed) => (
        <CredentialsForm
          submitLabel={texts.setupSubmit}
          act={setUp}
          onDone={proceed}
          hasFocus={linkToken !== null}
          problemText={({ code }) => (code === 'INVALID_CREDENTIALS' ? texts.setupRefused : undefined)}
        >
          <p className="gb-muted">{texts.setupLead}</p>
          {linkToken === null && (
            <Field
              label={texts.setupToken}
              hint={texts.setupTokenHint}
              name="setup-token"
              autoComplete="off"
              spellCheck={false}
              autoCapitalize="none"
              maxLength={256}
              required
              hasFocus
            />
          )}
        </CredentialsForm>
      )}
    />
  )
}
