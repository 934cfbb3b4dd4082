import { useState } from 'react'
import { Route, Switch } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { peopleTexts } from '../../texts/admin/people.ts'
import { shellTexts } from '../../texts/shell.ts'
import { Queries } from '../loading/queries.tsx'
import { MemberLayout } from '../shell/member-layout.tsx'
import '../styles/parts.css'
import '../styles/admin.css'
import { PageHead } from '../parts/page-head.tsx'
import { AuditPage } from './audit/audit-page.tsx'
import { BacktestPage } from './backtest/backtest-page.tsx'
import { BlastRadiusPage } from './blast-radius/blast-radius-page.tsx'
import { HealthPage } from './health/health-page.tsx'
import { PeoplePage } from './people/people-page.tsx'
import { everybody } from './people/people-search.ts'
import { PersonPage } from './person/person-page.tsx'
import { PolicyPage } from './policy/policy-page.tsx'

export default function AdminArea() {
  const { area, sections } = useTexts(peopleTexts)
  const words = useTexts(shellTexts)
  // Not in the address of the page: an email address would then be in the history of the browser.
  const [search, setSearch] = useState(everybody)
  const listed = [
    { path: '/admin', label: sections.people, below: '/admin/people/' },
    { path: '/admin/audit', label: sections.audit },
    { path: '/admin/backtest', label: sections.backtest },
    { path: '/admin/health', label: sections.health },
    { path: '/admin/policy', label: sections.policy },
  ]
  return (
    <Queries>
      <MemberLayout label={area} sections={listed}>
        <Switch>
          <Route path="/admin">
            <PeoplePage search={search} onSearch={setSearch} />
          </Route>
          <Route path="/admin/people/:id" component={PersonPage} />
          <Route path="/admin/audit" component={AuditPage} />
          <Route path="/admin/blast-radius" component={BlastRadiusPage} />
          <Route path="/admin/backtest" component={BacktestPage} />
          <Route path="/admin/health" component={HealthPage} />
          <Route path="/admin/policy" component={PolicyPage} />
          <Route>
            <PageHead title={words.notFoundTitle} lead={words.notFoundLead} />
          </Route>
        </Switch>
      </MemberLayout>
    </Queries>
  )
}
