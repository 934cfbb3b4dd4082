import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import { Card } from '../../parts/card.tsx'
import type { AccountDetails } from '../account.ts'
import { ChangeOutcome } from '../change/change-outcome.tsx'
import { ConfirmChange } from '../change/confirm-change.tsx'
import { useAccountChange } from '../change/use-account-change.ts'
import { personName } from '../people/person-name.ts'
import { EraseDialog } from './erase-dialog.tsx'

export function PersonDanger({ account, isOwn }: { readonly account: AccountDetails; readonly isOwn: boolean }) {
  const texts = useTexts(personTexts).danger
  const name = personName(account, useTexts(peopleTexts))
  const { call } = useGatebook()
  const [asked, setAsked] = useState<'disable' | 'erase' | null>(null)
  const change = useAccountChange(account.id)
  const close = () => setAsked(null)
  const params = { id: account.id }
  const disable = () =>
    void change.run({ send: () => call('POST /admin/accounts/{id}/disable', { params }), done: texts.disabled, after: close })
  const enable = () => void change.run({ send: () => call('POST /admin/accounts/{id}/enable', { params }), done: texts.enabled })
  const erase = () => void change.run({ send: () => call('DELETE /admin/accounts/{id}', { params }), done: texts.erased, after: close })
  const isDisabled = account.status === 'disabled'
  return (
    <Card title={texts.title} tone="danger">
      {asked === null && <ChangeOutcome change={change} />}
      <div className="danger-row">
        <div>
          <h3>{isDisabled ? texts.enableTitle : texts.disableTitle}</h3>
          <p className="muted">{isDisabled ? texts.enableLead : texts.disableLead}</p>
        </div>
        {isDisabled ? (
          <Button onClick={enable} isBusy={change.isRunning && asked === null}>
            {texts.enable}
          </Button>
        ) : (
          <Button look="danger" onClick={() => setAsked('disable')}>
            {texts.disable}
          </Button>
        )}
      </div>
      <div className="danger-row">
        <div>
          <h3>{texts.eraseTitle}</h3>
          <p className="muted">{texts.eraseLead}</p>
        </div>
        <Button look="danger" onClick={() => setAsked('erase')}>
          {texts.erase}
        </Button>
      </div>
      {asked === 'disable' && (
        <ConfirmChange title={texts.disableAsk} submit={texts.disable} change={change} onSubmit={disable} onClose={close}>
          <p>{texts.disableText(name)}</p>
        </ConfirmChange>
      )}
      {asked === 'erase' && <EraseDialog account={account} isOwn={isOwn} change={change} onSubmit={erase} onClose={close} />}
    </Card>
  )
}
