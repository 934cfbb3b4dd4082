import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isDelivered } from '../../../react/codes/is-delivered.ts'
import { RecoveryCodes } from '../../../react/enrollment/recovery-codes.tsx'
import { useTexts } from '../../../react/gatebook-context.ts'
import { useServiceSettings } from '../../../react/use-service-settings.ts'
import { accountTexts } from '../../../texts/account.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { Card } from '../../parts/card.tsx'
import { DoneNote } from '../done-note.tsx'
import { type SecondFactor, useSecondFactor } from '../use-second-factor.ts'
import { EnrollInPlace } from './enroll-in-place.tsx'
import type { FactorChange, OnFactorChange } from './factor-change.ts'
import { FactorOff } from './factor-off.tsx'
import { FactorOn } from './factor-on.tsx'
import { RecoveryRules } from './recovery-rules.tsx'

export function SecondFactorCard() {
  const texts = useTexts(accountTexts).factor
  const queries = useQueryClient()
  const factor = useSecondFactor()
  const { provider } = useServiceSettings().secondFactor
  const [change, setChange] = useState<FactorChange | null>(null)
  const changeTo: OnFactorChange = (next) => {
    setChange(next)
    if (next.step === 'done') void queries.invalidateQueries({ queryKey: ['second-factor'] })
  }
  return (
    <Card title={texts.title} description={isDelivered(factor.value?.mode ?? provider) ? texts.leadSent : texts.leadApp}>
      {change?.step === 'done' && change.what !== 'stopped' && <DoneNote text={texts[change.what]} />}
      {change?.step === 'enroll' && <EnrollInPlace {...change} mode={factor.value?.mode ?? provider} onChange={changeTo} />}
      {change?.step === 'keep' && (
        <div className="narrow">
          <RecoveryCodes codes={change.codes} onKept={() => changeTo({ step: 'done', what: 'renewed' })} />
        </div>
      )}
      {(change === null || change.step === 'done') && (
        <Loaded of={factor}>{(value) => <Standing factor={value} onChange={changeTo} />}</Loaded>
      )}
    </Card>
  )
}

function Standing({ factor, onChange }: { readonly factor: SecondFactor; readonly onChange: OnFactorChange }) {
  if (!factor.enrolled) return <FactorOff isRequired={factor.required} onChange={onChange} />
  return (
    <>
      <FactorOn factor={factor} onChange={onChange} />
      <RecoveryRules />
    </>
  )
}
