import { Route, Switch } from 'wouter'
import { EmailPage } from './email-page.tsx'
import { InvitationPage } from './invitation-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { ResetPage } from './reset-page.tsx'
import { SetupPage } from './setup-page.tsx'

/** What mailed links lead to, the pages that ask for one, and addresses that lead nowhere. */
export default function LinksArea() {
  return (
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
  )
}
