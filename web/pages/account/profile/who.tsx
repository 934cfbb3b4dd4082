import { useState } from 'react'
import type { CurrentSession } from '../../../client/session-store.ts'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { CopyButton } from '../../../react/ui/copy-button.tsx'
import { accountTexts } from '../../../texts/account.ts'
import { Badge } from '../../parts/badge.tsx'
import { Card } from '../../parts/card.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { ChangeEmail } from './change-email.tsx'

export function Who({ member }: { readonly member: CurrentSession }) {
  const { profile } = useTexts(accountTexts)
  const [isChanging, setChanging] = useState(false)
  return (
    <Card title={profile.who}>
      <Definitions>
        <DefinitionRow term={profile.email} action={<Button onClick={() => setChanging(true)}>{profile.changeEmail}</Button>}>
          {member.email === null ? (
            <span className="muted">{profile.noEmail}</span>
          ) : (
            <Address email={member.email} isVerified={member.emailVerified} />
          )}
        </DefinitionRow>
        <DefinitionRow term={profile.roles}>
          <Names names={member.roles} none={profile.noRoles} />
        </DefinitionRow>
        <DefinitionRow term={profile.claims}>
          <Claims claims={member.claims} />
        </DefinitionRow>
        <DefinitionRow term={profile.id} action={<CopyButton text={member.accountId} label={profile.copyId} />}>
          <code className="gb-secret">{member.accountId}</code>
        </DefinitionRow>
      </Definitions>
      {isChanging && <ChangeEmail onClose={() => setChanging(false)} />}
    </Card>
  )
}

function Address({ email, isVerified }: { readonly email: string; readonly isVerified: boolean }) {
  const { profile } = useTexts(accountTexts)
  return (
    <span className="address">
      <bdi>{email}</bdi>
      <Badge tone={isVerified ? 'good' : 'note'}>{isVerified ? profile.verified : profile.unverified}</Badge>
    </span>
  )
}

function Names({ names, none }: { readonly names: readonly string[]; readonly none: string }) {
  if (names.length === 0) return <span className="muted">{none}</span>
  return (
    <ul className="badges">
      {names.map((name) => (
        <li key={name}>
          <Badge>
            <bdi>{name}</bdi>
          </Badge>
        </li>
      ))}
    </ul>
  )
}

function Claims({ claims }: Pick<CurrentSession, 'claims'>) {
  const texts = useTexts(accountTexts)
  const shown = (value: boolean | number | string) => (typeof value === 'boolean' ? (value ? texts.yes : texts.no) : String(value))
  const names = Object.entries(claims).map(([name, value]) => `${name}: ${shown(value)}`)
  return <Names names={names} none={texts.profile.noClaims} />
}
