import { type FormEvent, useId, useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { personTexts } from '../../../texts/admin/person.ts'
import { namePattern } from '../account.ts'
import { type ClaimType, type ClaimValue, claimValueOf } from './claim-value.ts'
import { SelectField } from './select-field.tsx'

const claimTypes: readonly ClaimType[] = ['boolean', 'number', 'string']

type ClaimFormProps = { readonly isBusy: boolean; readonly onSet: (name: string, value: ClaimValue) => void }

export function ClaimForm({ isBusy, onSet }: ClaimFormProps) {
  const texts = useTexts(personTexts).claims
  const [type, setType] = useState<ClaimType>('boolean')
  const [isWrong, setWrong] = useState(false)
  const id = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const value = claimValueOf(type, String(form.get('value')))
    setWrong(value === undefined)
    if (value !== undefined) onSet(String(form.get('name')), value)
  }
  return (
    <form className="inline-form" onSubmit={submit}>
      <Field
        label={texts.name}
        hint={texts.hint}
        name="name"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        pattern={namePattern}
        title={texts.hint}
        required
      />
      <SelectField label={texts.type} value={type} onChange={(chosen) => setType(chosen as ClaimType)}>
        {claimTypes.map((one) => (
          <option value={one} key={one}>
            {texts.types[one]}
          </option>
        ))}
      </SelectField>
      {type === 'boolean' ? (
        <SelectField label={texts.value} name="value" key={`${id} boolean`}>
          <option value="true">{texts.yes}</option>
          <option value="false">{texts.no}</option>
        </SelectField>
      ) : (
        <Field
          label={texts.value}
          name="value"
          autoComplete="off"
          inputMode={type === 'number' ? 'decimal' : 'text'}
          maxLength={256}
          required
          error={isWrong ? texts.notANumber : null}
          key={`${id} ${type}`}
        />
      )}
      <Button type="submit" isBusy={isBusy}>
        {texts.set}
      </Button>
    </form>
  )
}
