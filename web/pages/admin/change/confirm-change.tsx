import type { ReactNode } from 'react'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ChangeProblem } from './change-outcome.tsx'
import type { AccountChange } from './use-account-change.ts'

type ConfirmChangeProps = {
  readonly title: string
  /** What will happen. */
  readonly children: ReactNode
  readonly submit: string
  readonly change: AccountChange
  readonly onSubmit: () => void
  readonly onClose: () => void
}

export function ConfirmChange({ title, children, submit, change, onSubmit, onClose }: ConfirmChangeProps) {
  return (
    <ConfirmDialog
      title={title}
      confirmLabel={submit}
      action={change}
      problem={<ChangeProblem problem={change.problem} />}
      onConfirm={onSubmit}
      onClose={onClose}
    >
      {children}
    </ConfirmDialog>
  )
}
