import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import { Card } from '../../parts/card.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import type { AccountDetails } from '../account.ts'
import { ChangeOutcome } from '../change/change-outcome.tsx'
import { ConfirmChange } from '../change/confirm-change.tsx'
import { useAccountChange } from '../change/use-account-change.ts'
import { personName } from '../people/person-name.ts'

export function PersonSecondFactor({ account }: { readonly account: AccountDetails }) {
  const texts = useTexts(personTexts).factor
  const { enrolled, required, confirmedAt, recoveryCodesLeft } = account.secondFactor
  return (
    <Card title={texts.title}>
      <Definitions>
        <DefinitionRow term={texts.state}>{enrolled ? texts.enrolled : required ? texts.requiredMissing : texts.notEnrolled}</DefinitionRow>
        {confirmedAt !== null && (
          <DefinitionRow term={texts.since}>
            <TimeText time={confirmedAt} />
          </DefinitionRow>
        )}
        <DefinitionRow term={texts.required}>{required ? texts.yes : texts.no}</DefinitionRow>
        {enrolled && <DefinitionRow term={texts.codesLeft}>{recoveryCodesLeft}</DefinitionRow>}
      </Definitions>
      <ResetFactor account={account} />
    </Card>
  )
}

function ResetFactor({ account }: { readonly account: AccountDetails }) {
  const texts = useTexts(personTexts).factor
  const name = personName(account, useTexts(peopleTexts))
  const { call } = useGatebook()
  const [isAsking, setAsking] = useState(false)
  const change = useAccountChange(account.id)
  const close = () => setAsking(false)
  const reset = () =>
    void change.run({
      send: () => call('POST /admin/accounts/{id}/reset-second-factor', { params: { id: account.id } }),
      done: texts.wasReset,
      after: close,
    })
  return (
    <>
      {!isAsking && <ChangeOutcome change={change} />}
      {account.secondFactor.enrolled && (
        <div className="section-actions">
          <Button look="danger" onClick={() => setAsking(true)}>
            {texts.reset}
          </Button>
        </div>
      )}
      {isAsking && (
        <ConfirmChange title={texts.resetTitle} submit={texts.reset} change={change} onSubmit={reset} onClose={close}>
          <p>{texts.resetText(name)}</p>
        </ConfirmChange>
      )}
    </>
  )
}
