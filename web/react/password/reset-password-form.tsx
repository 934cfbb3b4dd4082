import { useCallback } from 'react'
import { linkTexts } from '../../texts/links.ts'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { NewPasswordForm } from './new-password-form.tsx'

export type LinkFormProps = {
  /** The token of the mailed link. */
  readonly token: string
  readonly onDone: () => void
  /** The link was used, or it has expired. */
  readonly onVoid: () => void
}

export function ResetPasswordForm({ token, onDone, onVoid }: LinkFormProps) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const reset = useCallback((newPassword: string) => call('POST /password/reset/confirm', { body: { token, newPassword } }), [call, token])
  return <NewPasswordForm submitLabel={texts.resetSubmit} act={reset} onDone={onDone} onVoid={onVoid} mayHaveFactor />
}
