import { useTexts } from '../../../react/gatebook-context.ts'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { Badge } from '../../parts/badge.tsx'
import type { Account } from '../account.ts'

const tones = { active: 'good', disabled: 'bad', erased: 'plain' } as const

export function StatusBadge({ status }: Pick<Account, 'status'>) {
  const texts = useTexts(peopleTexts)
  return <Badge tone={tones[status]}>{texts.status[status]}</Badge>
}

export function RoleBadges({ roles }: { readonly roles: readonly string[] }) {
  const texts = useTexts(peopleTexts)
  if (roles.length === 0) return <span className="muted">{texts.noRoles}</span>
  return (
    <ul className="badges">
      {roles.map((role) => (
        <li key={role}>
          <Badge>{role}</Badge>
        </li>
      ))}
    </ul>
  )
}
