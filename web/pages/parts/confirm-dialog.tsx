import type { FormEvent, ReactNode } from 'react'
import type { Problem } from '../../client/result.ts'
import { useTexts } from '../../react/gatebook-context.ts'
import { ProblemAlert } from '../../react/ui/alert.tsx'
import { Button } from '../../react/ui/button.tsx'
import { Dialog } from '../../react/ui/dialog.tsx'
import { sharedTexts } from '../../texts/shared.ts'

type ConfirmDialogProps = {
  readonly title: string
  /** What will happen. Fields in it are part of the form. */
  readonly children: ReactNode
  readonly confirmLabel: string
  readonly look?: 'danger' | 'primary'
  readonly action: { readonly isRunning: boolean; readonly problem: Problem | null }
  /** In place of the usual alert about the problem. */
  readonly problem?: ReactNode
  readonly onConfirm: (form: FormData) => void
  readonly onClose: () => void
}

/** Asks before something that is hard to take back. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  look = 'danger',
  action,
  problem = <ProblemAlert problem={action.problem} />,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const texts = useTexts(sharedTexts)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!action.isRunning) onConfirm(new FormData(event.currentTarget))
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="gb-form" method="post" onSubmit={submit}>
        {problem}
        {children}
        <div className="gb-actions">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" look={look} isBusy={action.isRunning}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
