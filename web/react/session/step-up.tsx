import { type ComponentType, useEffect, useState } from 'react'
import type { StepUpDialogProps } from './step-up-dialog.tsx'
import { useStepUp } from './use-step-up.ts'

/** Asks for a code or the password when a call needs elevation. Nothing otherwise. */
export function StepUp() {
  const question = useStepUp()
  const [Dialog, setDialog] = useState<ComponentType<StepUpDialogProps> | null>(null)
  // Not needed before the first question. React.lazy would keep a failed load, and pass it on to the app around this.
  useEffect(() => {
    if (question === null || Dialog !== null) return
    import('./step-up-dialog.tsx').then(
      ({ StepUpDialog }) => setDialog(() => StepUpDialog),
      () => question.answer(false),
    )
  }, [question, Dialog])
  return question === null || Dialog === null ? null : <Dialog onAnswer={question.answer} />
}
