import { type FormEvent, useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { Icon } from '../../../react/ui/icon.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import { Card } from '../../parts/card.tsx'
import { type AccountDetails, administratorRole, namePattern } from '../account.ts'
import { ChangeOutcome } from '../change/change-outcome.tsx'
import { ConfirmChange } from '../change/confirm-change.tsx'
import { useAccountChange } from '../change/use-account-change.ts'
import { personName } from '../people/person-name.ts'

type Asked = { readonly to: 'grant' | 'withdraw'; readonly role: string }

export function PersonRoles({ account, isOwn }: { readonly account: AccountDetails; readonly isOwn: boolean }) {
  const texts = useTexts(personTexts).roles
  const name = personName(account, useTexts(peopleTexts))
  const { call } = useGatebook()
  const [asked, setAsked] = useState<Asked | null>(null)
  const change = useAccountChange(account.id)
  const close = () => setAsked(null)
  const paramsOf = (role: string) => ({ params: { id: account.id, role } })
  const grant = (role: string) =>
    change.run({ send: () => call('PUT /admin/accounts/{id}/roles/{role}', paramsOf(role)), done: texts.granted(role), after: close })
  const withdraw = (role: string) =>
    change.run({ send: () => call('DELETE /admin/accounts/{id}/roles/{role}', paramsOf(role)), done: texts.withdrawn(role), after: close })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const role = String(new FormData(form).get('role'))
    form.reset()
    if (role === administratorRole) setAsked({ to: 'grant', role })
    else void grant(role)
  }
  return (
    <Card title={texts.title}>
      {account.roles.length === 0 ? (
        <p className="muted">{texts.none}</p>
      ) : (
        <ul className="chips">
          {account.roles.map((role) => (
            <li className="chip" key={role}>
              {role}
              <button type="button" aria-label={texts.withdraw(role)} onClick={() => setAsked({ to: 'withdraw', role })}>
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {asked === null && <ChangeOutcome change={change} />}
      <form className="inline-form" onSubmit={submit}>
        <Field
          label={texts.name}
          hint={texts.hint}
          name="role"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          pattern={namePattern}
          title={texts.hint}
          required
        />
        <Button type="submit" isBusy={change.isRunning && asked === null}>
          {texts.grant}
        </Button>
      </form>
      {asked?.to === 'grant' && (
        <ConfirmChange
          title={texts.grantAdminTitle}
          submit={texts.grantAdmin}
          change={change}
          onSubmit={() => void grant(asked.role)}
          onClose={close}
        >
          <p>{texts.grantAdminText(name)}</p>
        </ConfirmChange>
      )}
      {asked?.to === 'withdraw' && (
        <ConfirmChange
          title={texts.withdrawTitle(asked.role)}
          submit={texts.submitWithdraw}
          change={change}
          onSubmit={() => void withdraw(asked.role)}
          onClose={close}
        >
          <p>{texts.withdrawText(name, asked.role)}</p>
          {isOwn && asked.role === administratorRole && <Alert tone="warning">{texts.withdrawOwnAdmin}</Alert>}
        </ConfirmChange>
      )}
    </Card>
  )
}
