import { type FormEvent, useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Alert, ProblemAlert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { Dialog } from '../../../react/ui/dialog.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { PasswordField } from '../../../react/ui/password-field.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { sharedTexts } from '../../../texts/shared.ts'
import { administratorRole } from '../account.ts'
import { EntryChoice } from './entry-choice.tsx'
import { areRoles, type NewPerson, rolesIn, useNewPerson } from './use-new-person.ts'

type NewPersonDialogProps = { readonly onClose: () => void; readonly onCreated: (person: NewPerson) => void }

export function NewPersonDialog({ onClose, onCreated }: NewPersonDialogProps) {
  const texts = useTexts(peopleTexts).create
  const words = useTexts(sharedTexts)
  const [isInvited, setInvited] = useState(true)
  const [roleText, setRoleText] = useState('')
  const { run, isRunning, problem } = useNewPerson(onCreated)
  const roles = rolesIn(roleText)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (!areRoles(roles)) return
    void run({ email: String(form.get('email')).trim(), password: isInvited ? null : String(form.get('password')), roles })
  }
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <form className="gb-form" onSubmit={submit}>
        <ProblemAlert problem={problem} />
        <Field label={words.email} name="email" type="email" autoComplete="off" autoCapitalize="none" required maxLength={254} hasFocus />
        <EntryChoice isInvited={isInvited} onChange={setInvited} />
        {!isInvited && <PasswordField label={words.password} name="password" autoComplete="new-password" />}
        <Field
          label={texts.roles}
          hint={texts.rolesHint}
          error={areRoles(roles) ? null : texts.rolesInvalid}
          name="roles"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={roleText}
          onChange={(event) => setRoleText(event.currentTarget.value)}
        />
        {roles.includes(administratorRole) && <Alert tone="warning">{texts.adminWarning}</Alert>}
        <div className="gb-actions">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" look="primary" isBusy={isRunning}>
            {isInvited ? texts.submitInvite : texts.submitPassword}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
