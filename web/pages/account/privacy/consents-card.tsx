import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { accountTexts } from '../../../texts/account.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { Card } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ConsentItem } from './consent-item.tsx'

export function ConsentsCard() {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).consents
  const consents = useCall(['consents'], () => call('GET /me/consents'))
  return (
    <Card title={texts.title} description={texts.lead}>
      <Loaded of={consents}>
        {(value) =>
          value.consents.length === 0 ? (
            <EmptyState icon="check">{texts.none}</EmptyState>
          ) : (
            <ul className="rows">
              {value.consents.map((consent) => (
                <ConsentItem consent={consent} onChanged={consents.reload} key={consent.purpose} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
