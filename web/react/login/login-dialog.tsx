import { loginTexts } from '../../texts/login.ts'
import { useTexts } from '../gatebook-context.ts'
import { Dialog } from '../ui/dialog.tsx'
import { LoginForm, type LoginFormProps } from './login-form.tsx'

export type LoginDialogProps = LoginFormProps & {
  /** Called when it was closed, and when the login is done. */
  readonly onClose: () => void
}

/** The login in a dialog. Render it while it is to be open. */
export function LoginDialog({ onClose, onDone, ...form }: LoginDialogProps) {
  const texts = useTexts(loginTexts)
  const done = () => {
    onDone?.()
    onClose()
  }
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <LoginForm {...form} onDone={done} />
    </Dialog>
  )
}
