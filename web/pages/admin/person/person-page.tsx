import { Link, useParams } from 'wouter'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { useSession } from '../../../react/session/use-session.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Icon } from '../../../react/ui/icon.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { PageHead } from '../../parts/page-head.tsx'
import type { AccountDetails } from '../account.ts'
import { PersonClaims } from '../claims/person-claims.tsx'
import { MomentCard } from '../moment/moment-card.tsx'
import { StatusBadge } from '../people/account-badges.tsx'
import { personName } from '../people/person-name.ts'
import { PersonAccess } from './person-access.tsx'
import { PersonDanger } from './person-danger.tsx'
import { PersonFacts } from './person-facts.tsx'
import { PersonHistory } from './person-history.tsx'
import { PersonRoles } from './person-roles.tsx'
import { PersonSecondFactor } from './person-second-factor.tsx'
import { PersonSessions } from './person-sessions.tsx'

export function PersonPage() {
  const texts = useTexts(personTexts)
  const { id = '' } = useParams<{ id: string }>()
  const { call } = useGatebook()
  const details = useCall(['person', id, 'details'], () => call('GET /admin/accounts/{id}', { params: { id } }))
  return (
    <>
      <nav>
        <Link className="back-link" href="/admin">
          <Icon name="back" /> {texts.back}
        </Link>
      </nav>
      <Loaded of={details}>{(account) => <Person account={account} key={account.id} />}</Loaded>
    </>
  )
}

function Person({ account }: { readonly account: AccountDetails }) {
  const texts = useTexts(personTexts)
  const words = useTexts(peopleTexts)
  const session = useSession()
  const isOwn = session.status === 'authenticated' && session.accountId === account.id
  const isErased = account.status === 'erased'
  return (
    <>
      <PageHead
        title={personName(account, words)}
        below={
          <p>
            <StatusBadge status={account.status} />
          </p>
        }
      />
      {isOwn && <Alert>{texts.yours}</Alert>}
      {isErased && <Alert tone="warning">{texts.erasedLead}</Alert>}
      <PersonFacts account={account} />
      {!isErased && (
        <>
          <PersonAccess account={account} />
          <PersonSecondFactor account={account} />
          <PersonRoles account={account} isOwn={isOwn} />
          <PersonClaims account={account} />
          <PersonSessions account={account} isOwn={isOwn} />
        </>
      )}
      <PersonHistory accountId={account.id} />
      <MomentCard account={account} />
      {!isErased && <PersonDanger account={account} isOwn={isOwn} />}
    </>
  )
}
