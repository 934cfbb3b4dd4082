import { lazy, Suspense } from 'react'
import { useStepUp } from './use-step-up.ts'

// It is not needed before the first call that needs elevation.
const StepUpDialog = lazy(() => import('./step-up-dialog.tsx').then((module) => ({ default: module.StepUpDialog })))

/** Asks for a code or the password when a call needs elevation. Nothing otherwise. */
export function StepUp() {
  const question = useStepUp()
  if (question === null) return null
  return (
    <Suspense>
      <StepUpDialog onAnswer={question.answer} />
    </Suspense>
  )
}
