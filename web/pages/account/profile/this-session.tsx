import type { CurrentSession } from '../../../client/session-store.ts'
import { useTexts } from '../../../react/gatebook-context.ts'
import { accountTexts } from '../../../texts/account.ts'
import { Badge } from '../../parts/badge.tsx'
import { Card } from '../../parts/card.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'

export function ThisSession({ member: { session } }: { readonly member: CurrentSession }) {
  const texts = useTexts(accountTexts)
  const { profile, factors } = texts
  const isElevated = session.elevatedUntil !== null && new Date(session.elevatedUntil) > new Date()
  return (
    <Card title={profile.session} description={profile.sessionLead}>
      <Definitions>
        <DefinitionRow term={profile.provedBy}>
          <ul className="badges">
            {session.factors.map((factor) => (
              <li key={factor}>
                <Badge tone="good">{factors[factor] ?? factor}</Badge>
              </li>
            ))}
          </ul>
        </DefinitionRow>
        <DefinitionRow term={profile.elevated}>
          {isElevated && session.elevatedUntil !== null ? (
            <>
              {texts.yes}, {profile.elevatedUntil} <TimeText time={session.elevatedUntil} />
            </>
          ) : (
            <span className="muted">{profile.notElevated}</span>
          )}
        </DefinitionRow>
        <DefinitionRow term={profile.since}>
          <TimeText time={session.grantedAt} />
        </DefinitionRow>
        <DefinitionRow term={profile.idleUntil}>
          <TimeText time={session.idleExpiresAt} />
        </DefinitionRow>
        <DefinitionRow term={profile.until}>
          <TimeText time={session.expiresAt} />
        </DefinitionRow>
      </Definitions>
    </Card>
  )
}
