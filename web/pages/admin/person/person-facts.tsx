import { useTexts } from '../../../react/gatebook-context.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import { Card } from '../../parts/card.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import type { AccountDetails } from '../account.ts'

export function PersonFacts({ account }: { readonly account: AccountDetails }) {
  const texts = useTexts(personTexts)
  const { facts } = texts
  return (
    <Card title={facts.title}>
      <Definitions>
        {account.email !== null && (
          <DefinitionRow term={facts.email}>
            <bdi>{account.email}</bdi> <span className="muted">({account.emailVerified ? facts.verified : facts.unverified})</span>
          </DefinitionRow>
        )}
        <DefinitionRow term={facts.registered}>
          <TimeText time={account.registeredAt} />
        </DefinitionRow>
        <DefinitionRow term={facts.lastLogin}>
          {account.lastLoginAt === null ? facts.never : <TimeText time={account.lastLoginAt} />}
        </DefinitionRow>
        <DefinitionRow term={texts.id}>
          <span className="mono">{account.id}</span>
        </DefinitionRow>
      </Definitions>
    </Card>
  )
}
