import { Route, Switch } from 'wouter'
import { EmailPage } from './email-page.tsx'
import { InvitationPage } from './invitation-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { OnwardPage } from './onward-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { ResetPage } from './reset-page.tsx'
import { SetupPage } from './setup-page.tsx'

/** What mailed links lead to, the pages that ask for one, what comes after a login, and addresses that lead nowhere. */
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
      <Route path="/login">
        <OnwardPage />
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  )
}
