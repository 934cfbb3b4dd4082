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
import { ClaimForm } from './claim-form.tsx'
import type { ClaimValue } from './claim-value.ts'

export function PersonClaims({ account }: { readonly account: AccountDetails }) {
  const texts = useTexts(personTexts).claims
  const { call } = useGatebook()
  const owner = personName(account, useTexts(peopleTexts))
  const [asked, setAsked] = useState<string | null>(null)
  const change = useAccountChange(account.id)
  const close = () => setAsked(null)
  const paramsOf = (name: string) => ({ id: account.id, name })
  const set = (name: string, value: ClaimValue) =>
    void change.run({
      send: () => call('PUT /admin/accounts/{id}/claims/{name}', { params: paramsOf(name), body: { value } }),
      done: texts.wasSet(name),
    })
  const remove = (name: string) =>
    void change.run({
      send: () => call('DELETE /admin/accounts/{id}/claims/{name}', { params: paramsOf(name) }),
      done: texts.removed(name),
      after: close,
    })
  return (
    <Card title={texts.title} description={texts.lead}>
      <ClaimTable claims={account.claims} onRemove={setAsked} />
      {asked === null && <ChangeOutcome change={change} />}
      <ClaimForm isBusy={change.isRunning && asked === null} onSet={set} />
      {asked !== null && (
        <ConfirmChange
          title={texts.removeTitle(asked)}
          submit={texts.submitRemove}
          change={change}
          onSubmit={() => remove(asked)}
          onClose={close}
        >
          <p>{texts.removeText(owner, asked)}</p>
        </ConfirmChange>
      )}
    </Card>
  )
}

type ClaimTableProps = { readonly claims: AccountDetails['claims']; readonly onRemove: (name: string) => void }

function ClaimTable({ claims, onRemove }: ClaimTableProps) {
  const texts = useTexts(personTexts).claims
  const listed = Object.entries(claims)
  if (listed.length === 0) return <p className="muted">{texts.none}</p>
  return (
    <div className="section-table">
      <table className="data-table">
        <caption className="gb-visually-hidden">{texts.table}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.name}</th>
            <th scope="col">{texts.value}</th>
            <th scope="col">{texts.type}</th>
            <th scope="col">
              <span className="gb-visually-hidden">{texts.submitRemove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td data-label={texts.value}>
                <bdi>{String(value)}</bdi>
              </td>
              <td data-label={texts.type}>{texts.types[typeof value as keyof typeof texts.types]}</td>
              <td className="cell-end">
                <Button look="danger" aria-label={texts.remove(name)} onClick={() => onRemove(name)}>
                  {texts.submitRemove}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
