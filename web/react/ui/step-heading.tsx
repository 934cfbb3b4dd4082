import type { ReactNode } from 'react'
import { useFocus } from './use-focus.ts'

/** Begins a step. It takes the focus, so that a screen reader goes on there. */
export function StepHeading({ children }: { readonly children: ReactNode }) {
  return (
    <h2 className="gb-step-title" tabIndex={-1} ref={useFocus()}>
      {children}
    </h2>
  )
}
