import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Waiting } from '../ui/waiting.tsx'
import { PasswordStep, type PasswordStepProps } from './password-step.tsx'
import { type LoginOutcome, type RestartReason, useLoginSteps } from './use-login-steps.ts'

const LaterSteps = lazy(() => import('./later-steps.tsx').then((module) => ({ default: module.LaterSteps })))

export type LoginStepsProps = Omit<PasswordStepProps, 'onOutcome' | 'email' | 'because'> & {
  /** Called once the session has begun and everything about it was read. */
  readonly onDone?: () => void
  /** What begins it in place of the password, such as a mailed link. */
  readonly first?: (onOutcome: (outcome: LoginOutcome) => void) => ReactNode
}

const nothing = () => {}

/** From a first proof to the session: a code, an enrollment, a new password, and what must be read before it goes on. */
export function LoginSteps({ onDone = nothing, first, ...password }: LoginStepsProps) {
  const { step, proceed, finish, restart, showRemoval } = useLoginSteps(onDone)
  const [isLink, setLink] = useState(first !== undefined)
  const [email, setEmail] = useState('')
  const loggedIn = (outcome: LoginOutcome, given: string) => {
    setEmail(given)
    proceed(outcome)
  }
  const again = (because: RestartReason | null) => () => {
    setLink(false)
    restart(because)
  }
  if (step.name === 'password') {
    if (isLink && first !== undefined && step.because === null) return first(proceed)
    return <PasswordStep {...password} email={email} onOutcome={loggedIn} because={step.because} />
  }
  return (
    <Suspense fallback={<Waiting />}>
      <LaterSteps {...{ step, proceed, finish, showRemoval, again }} />
    </Suspense>
  )
}
