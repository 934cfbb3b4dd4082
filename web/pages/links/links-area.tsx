import { useMemo } from 'react'
import { Route, Switch } from 'wouter'
import { Page, usePage } from '../shell/page-context.ts'
import { EmailPage } from './email-page.tsx'
import { InvitationPage } from './invitation-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { ResetPage } from './reset-page.tsx'
import { SetupPage } from './setup-page.tsx'
import { useLinkToken } from './use-link-token.ts'

/** What mailed links lead to, the pages that ask for one, and addresses that lead nowhere. */
export default function LinksArea() {
  const page = usePage()
  const linkToken = useLinkToken(page.linkToken)
  const current = useMemo(() => ({ ...page, linkToken }), [page, linkToken])
  return (
    <Page value={current}>
      <Switch>
        <Route path="/reset">
          <ResetPage />
        </Route>
        <Route path="/register">
          <RegisterPage />
        </Route>
        <Route path="/email">
          <EmailPage />
        </Route>
        <Route path="/invitation">
          <InvitationPage />
        </Route>
        <Route path="/setup">
          <SetupPage />
        </Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Page>
  )
}
