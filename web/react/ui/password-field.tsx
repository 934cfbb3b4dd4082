import { useState } from 'react'
import { sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

type PasswordFieldProps = Omit<FieldProps, 'type' | 'after' | 'autoComplete'> & {
  readonly autoComplete: 'current-password' | 'new-password'
}

export function PasswordField(props: PasswordFieldProps) {
  const texts = useTexts(sharedTexts)
  const [isShown, setShown] = useState(false)
  return (
    <Field
      spellCheck={false}
      autoCapitalize="none"
      maxLength={4096}
      required
      {...props}
      type={isShown ? 'text' : 'password'}
      after={
        <button
          type="button"
          className="gb-input-button"
          aria-pressed={isShown}
          aria-label={isShown ? texts.hidePassword : texts.showPassword}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? 'eye-off' : 'eye'} />
        </button>
      }
    />
  )
}
