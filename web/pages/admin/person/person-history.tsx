import { Link } from 'wouter'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { Card } from '../../parts/card.tsx'
import { auditPath } from '../audit/audit-filter.ts'
import { EntryTable } from '../audit/entry-table.tsx'
import { radiusPath } from '../blast-radius/radius.ts'

const newest = 10

export function PersonHistory({ accountId }: { readonly accountId: string }) {
  const texts = useTexts(personTexts).history
  const { call } = useGatebook()
  const history = useCall(['person', accountId, 'history'], () => call('GET /audit', { query: { account: accountId, limit: newest } }))
  const all = (
    <>
      <Link href={auditPath({ account: accountId })}>{texts.all}</Link> <Link href={radiusPath('account', accountId)}>{texts.radius}</Link>
    </>
  )
  return (
    <Card title={texts.title} description={texts.lead} action={all}>
      <Loaded of={history}>
        {({ entries }) => (
          <div className="section-table">
            <EntryTable entries={entries} hasAccount={false} />
          </div>
        )}
      </Loaded>
    </Card>
  )
}
