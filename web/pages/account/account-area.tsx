import { Route, Switch } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { accountTexts } from '../../texts/account.ts'
import { shellTexts } from '../../texts/shell.ts'
import { Queries } from '../loading/queries.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { MemberLayout } from '../shell/member-layout.tsx'
import '../styles/parts.css'
import '../styles/account.css'
import { HistoryPage } from './history/history-page.tsx'
import { PrivacyPage } from './privacy/privacy-page.tsx'
import { ProfilePage } from './profile/profile-page.tsx'
import { SecurityPage } from './security/security-page.tsx'
import { SessionsPage } from './sessions/sessions-page.tsx'

export default function AccountArea() {
  const { sections } = useTexts(accountTexts)
  const words = useTexts(shellTexts)
  const listed = [
    { path: '/account', label: sections.profile },
    { path: '/account/security', label: sections.security },
    { path: '/account/sessions', label: sections.sessions },
    { path: '/account/history', label: sections.history },
    { path: '/account/privacy', label: sections.privacy },
  ]
  return (
    <Queries>
      <MemberLayout label={words.account} sections={listed}>
        <Switch>
          <Route path="/account" component={ProfilePage} />
          <Route path="/account/security" component={SecurityPage} />
          <Route path="/account/sessions" component={SessionsPage} />
          <Route path="/account/history" component={HistoryPage} />
          <Route path="/account/privacy" component={PrivacyPage} />
          <Route>
            <PageHead title={words.notFoundTitle} lead={words.notFoundLead} />
          </Route>
        </Switch>
      </MemberLayout>
    </Queries>
  )
}
