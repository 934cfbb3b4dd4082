import type { ReactNode } from 'react'
import type { Problem } from '../../client/result.ts'
import { codeTexts } from '../../texts/codes.ts'
import { ActionForm } from '../forms/action-form.tsx'
import { useTexts } from '../gatebook-context.ts'
import { Field } from '../ui/field.tsx'

type RecoveryFormProps = {
  readonly submitLabel: string
  readonly onCode: (code: string) => Promise<void>
  readonly isRunning: boolean
  readonly problem: Problem | null
  readonly children?: ReactNode
}

/** A recovery code is text, which no device fills in. */
export function RecoveryForm({ submitLabel, onCode, isRunning, problem, children }: RecoveryFormProps) {
  const texts = useTexts(codeTexts)
  return (
    <ActionForm
      submitLabel={submitLabel}
      onSubmit={(fields) => void onCode(String(fields.get('recovery-code')))}
      isRunning={isRunning}
      problem={problem}
      field="recovery-code"
      after={children}
    >
      <Field
        label={texts.recoveryLabel}
        hint={texts.recoveryHint}
        name="recovery-code"
        type="text"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        required
        hasFocus
      />
    </ActionForm>
  )
}
