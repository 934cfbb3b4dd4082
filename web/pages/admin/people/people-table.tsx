import { Link } from 'wouter'
import { useTexts } from '../../../react/gatebook-context.ts'
import { useSession } from '../../../react/session/use-session.ts'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { TimeText } from '../../parts/time-text.tsx'
import type { Account } from '../account.ts'
import { RoleBadges, StatusBadge } from './account-badges.tsx'
import { personName } from './person-name.ts'

export function PeopleTable({ accounts }: { readonly accounts: readonly Account[] }) {
  const texts = useTexts(peopleTexts)
  const { columns } = texts
  return (
    <table className="data-table">
      <caption className="gb-visually-hidden">{texts.table}</caption>
      <thead>
        <tr>
          {[columns.email, columns.status, columns.roles, columns.registered].map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <Person account={account} key={account.id} />
        ))}
      </tbody>
    </table>
  )
}

function Person({ account }: { readonly account: Account }) {
  const texts = useTexts(peopleTexts)
  const session = useSession()
  const isOwn = session.status === 'authenticated' && session.accountId === account.id
  return (
    <tr>
      <th scope="row">
        <Link href={`/admin/people/${account.id}`}>
          <bdi>{personName(account, texts)}</bdi>
        </Link>
        {isOwn && <span className="muted"> ({texts.you})</span>}
      </th>
      <td data-label={texts.columns.status}>
        <StatusBadge status={account.status} />
      </td>
      <td data-label={texts.columns.roles}>
        <RoleBadges roles={account.roles} />
      </td>
      <td data-label={texts.columns.registered}>
        <TimeText time={account.registeredAt} />
      </td>
    </tr>
  )
}
