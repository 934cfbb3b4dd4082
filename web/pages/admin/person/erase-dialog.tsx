import { useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import type { AccountDetails } from '../account.ts'
import { ConfirmChange } from '../change/confirm-change.tsx'
import type { AccountChange } from '../change/use-account-change.ts'
import { personName } from '../people/person-name.ts'

type EraseDialogProps = {
  readonly account: AccountDetails
  readonly isOwn: boolean
  readonly change: AccountChange
  readonly onSubmit: () => void
  readonly onClose: () => void
}

/** Asks for the address to be typed: nobody does that by mistake. */
export function EraseDialog({ account, isOwn, change, onSubmit, onClose }: EraseDialogProps) {
  const texts = useTexts(personTexts).danger
  const name = personName(account, useTexts(peopleTexts))
  const word = account.email ?? texts.eraseWord
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = () => {
    const isRight = typed.trim() === word
    setWrong(!isRight)
    if (isRight) onSubmit()
  }
  return (
    <ConfirmChange title={texts.eraseAsk} submit={texts.submitErase} change={change} onSubmit={submit} onClose={onClose}>
      <p>{texts.eraseText(name)}</p>
      {isOwn && <Alert tone="warning">{texts.eraseOwn}</Alert>}
      <Field
        label={texts.eraseConfirm(word)}
        name="confirmation"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        hasFocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={isWrong ? texts.eraseMismatch(word) : null}
      />
    </ConfirmChange>
  )
}
