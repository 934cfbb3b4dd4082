import { useTexts } from '../../../react/gatebook-context.ts'
import { peopleTexts } from '../../../texts/admin/people.ts'

type EntryChoiceProps = { readonly isInvited: boolean; readonly onChange: (isInvited: boolean) => void }

export function EntryChoice({ isInvited, onChange }: EntryChoiceProps) {
  const texts = useTexts(peopleTexts).create
  const choices = [
    { label: texts.invite, hint: texts.inviteHint, invites: true },
    { label: texts.withPassword, hint: texts.withPasswordHint, invites: false },
  ]
  return (
    <fieldset className="choices">
      <legend>{texts.how}</legend>
      {choices.map(({ label, hint, invites }) => (
        <label className="choice" key={label}>
          <input type="radio" name="entry" checked={isInvited === invites} onChange={() => onChange(invites)} />
          <strong>{label}</strong>
          <small>{hint}</small>
        </label>
      ))}
    </fieldset>
  )
}
