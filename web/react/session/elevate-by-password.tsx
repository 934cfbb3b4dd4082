import { useCallback } from 'react'
import { stepUpTexts } from '../../texts/codes.ts'
import { sharedTexts } from '../../texts/shared.ts'
import { ActionForm } from '../forms/action-form.tsx'
import { UsernameField } from '../forms/username-field.tsx'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { useAction } from '../ui/use-action.ts'

export function ElevateByPassword({ onDone }: { readonly onDone: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(stepUpTexts)
  const words = useTexts(sharedTexts)
  const elevate = useCallback((password: string) => call('POST /session/elevate', { body: { password } }), [call])
  const { run, isRunning, problem } = useAction(elevate, onDone)
  return (
    <ActionForm
      submitLabel={texts.confirm}
      onSubmit={(fields) => void run(String(fields.get('password')))}
      isRunning={isRunning}
      problem={problem}
      problemText={problem?.code === 'INVALID_CREDENTIALS' ? texts.wrongPassword : undefined}
      field="password"
    >
      <UsernameField />
      <PasswordField label={words.password} name="password" autoComplete="current-password" hasFocus />
    </ActionForm>
  )
}
