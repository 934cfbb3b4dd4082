import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { explanationTexts } from '../../../texts/explanation/catalog.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { Card } from '../../parts/card.tsx'
import type { AccountDetails } from '../account.ts'
import { MomentChanges } from './moment-changes.tsx'
import { MomentFacts } from './moment-facts.tsx'
import { MomentPicker } from './moment-picker.tsx'
import { useSettled } from './use-settled.ts'

type Of = { readonly account: Pick<AccountDetails, 'id' | 'registeredAt'> }

/** Each look is recorded, so it begins with a button. */
export function MomentCard({ account }: Of) {
  const { moment: texts } = useTexts(explanationTexts)
  const [isShown, setShown] = useState(false)
  return (
    <Card title={texts.title} description={texts.lead}>
      {isShown ? <Moments account={account} /> : <Button onClick={() => setShown(true)}>{texts.show}</Button>}
    </Card>
  )
}

function Moments({ account: { id, registeredAt } }: Of) {
  const { call } = useGatebook()
  // The log may record a moment later what happened, and its clock may be ahead of this one.
  const from = Math.ceil(Date.parse(registeredAt) / 1_000) * 1_000
  const [to, setTo] = useState(() => Math.max(Date.now(), from))
  const [time, setTime] = useState(to)
  const [since, setSince] = useState<number | null>(null)
  const pick = (picked: number) => {
    setTime(picked)
    setTo(Math.max(to, picked))
  }
  const asked = useSettled(time)
  const query = { time: new Date(asked).toISOString(), ...(since === null ? {} : { since: new Date(since).toISOString() }) }
  const shown = useCall(['person', id, 'moment', query], () => call('GET /audit/accounts/{id}/at', { params: { id }, query }))
  return (
    <>
      <MomentPicker from={from} to={to} time={time} since={since} onTime={pick} onSince={setSince} />
      <div aria-live="polite">
        <Loaded of={shown}>
          {({ moment, changes }) => (
            <>
              <MomentFacts moment={moment} />
              {changes !== null && <MomentChanges changes={changes} />}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}
