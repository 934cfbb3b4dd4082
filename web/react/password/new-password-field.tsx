import type { Problem } from '../../client/result.ts'
import { linkTexts } from '../../texts/links.ts'
import { problemText } from '../../texts/problem-text.ts'
import { problemTexts, sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { useServiceSettings } from '../use-service-settings.ts'

type NewPasswordFieldProps = {
  readonly problem: Problem | null
  /** Whether the account may have a second factor already. */
  readonly mayHaveFactor?: boolean
  readonly label?: string
  readonly name?: string
  readonly hasFocus?: boolean
}

/** Says the rules before, and which of them was broken after. */
export function NewPasswordField({ problem, mayHaveFactor = false, label, name = 'password', hasFocus = false }: NewPasswordFieldProps) {
  const texts = useTexts(linkTexts)
  const words = useTexts(sharedTexts)
  const problems = useTexts(problemTexts)
  const { minLength, minLengthWithSecondFactor } = useServiceSettings().password
  const hasTwo = mayHaveFactor && minLength !== minLengthWithSecondFactor
  return (
    <PasswordField
      label={label ?? words.newPassword}
      name={name}
      autoComplete="new-password"
      hint={hasTwo ? texts.passwordRules(minLength, minLengthWithSecondFactor) : texts.passwordRule(minLength)}
      error={problem?.code === 'PASSWORD_REJECTED' ? problemText(problems, problem) : null}
      hasFocus={hasFocus}
    />
  )
}

/** What the field does not say itself. */
export function besidesPassword(problem: Problem | null): Problem | null {
  return problem?.code === 'PASSWORD_REJECTED' ? null : problem
}
