import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { createClient } from '../client/client.ts'
import type { ServiceSettings } from '../react/gatebook-context.ts'
import { GatebookProvider } from '../react/gatebook-provider.tsx'
import type { Language } from '../texts/language.ts'
import { LazyLinksArea } from './links/lazy-links-area.ts'
import { logoutNotice } from './session/logged-out.ts'
import { firstLanguage, keepLanguage } from './shell/chosen-language.ts'
import { FailureBoundary } from './shell/failure-boundary.tsx'
import { FailurePage } from './shell/failure-page.tsx'
import { Loading } from './shell/loading.tsx'
import { MembersOnly } from './shell/members-only.tsx'
import { Page } from './shell/page-context.ts'
import { LoginPage } from './start/login-page.tsx'

const client = createClient()
const notice = logoutNotice(client.session)

// The first thing that most people see is the login: the rest is loaded when it is needed.
const AccountArea = lazy(() => import('./account/account-area.tsx'))
const AdminArea = lazy(() => import('./admin/admin-area.tsx'))

export function App({ settings }: { readonly settings: ServiceSettings }) {
  const [language, setLanguage] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(notice.watch, [])
  const page = useMemo(
    () => ({
      settings,
      logoutNotice: notice,
      setLanguage: (next: Language) => {
        keepLanguage(next)
        setLanguage(next)
      },
    }),
    [settings],
  )
  return (
    <Page value={page}>
      <GatebookProvider client={client} language={language} settings={settings}>
        <FailureBoundary fallback={<FailurePage />}>
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/">
                <Redirect to="/account" replace />
              </Route>
              <Route path="/login">
                <LoginPage />
              </Route>
              <Route path="/account/*?">
                <MembersOnly>
                  <AccountArea />
                </MembersOnly>
              </Route>
              <Route path="/admin/*?">
                <MembersOnly requiredRole="admin">
                  <AdminArea />
                </MembersOnly>
              </Route>
              <Route>
                <LazyLinksArea />
              </Route>
            </Switch>
          </Suspense>
        </FailureBoundary>
      </GatebookProvider>
    </Page>
  )
}
