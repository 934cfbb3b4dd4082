import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Waiting } from '../ui/waiting.tsx'
import { CodeStep } from './code-step.tsx'
import { FactorRemoved } from './factor-removed.tsx'
import { PasswordStep, type PasswordStepProps } from './password-step.tsx'
import { type LoginOutcome, useLoginSteps } from './use-login-steps.ts'

// Few people see it, and few of them twice.
const EnrollmentStep = lazy(() => import('./enrollment-step.tsx').then((module) => ({ default: module.EnrollmentStep })))

export type LoginStepsProps = Omit<PasswordStepProps, 'onOutcome' | 'email' | 'isRestarted'> & {
  /** Called once the session has begun and everything about it was read. */
  readonly onDone?: () => void
  /** What begins it in place of the password, such as a mailed link. */
  readonly first?: (onOutcome: (outcome: LoginOutcome) => void) => ReactNode
}

const nothing = () => {}

/** From a first proof to the session: a code, an enrollment, and what must be read before it goes on. */
export function LoginSteps({ onDone = nothing, first, ...password }: LoginStepsProps) {
  const { step, proceed, finish, restart, startOver, showRemoval } = useLoginSteps(onDone)
  const [isLink, setLink] = useState(first !== undefined)
  const [email, setEmail] = useState('')
  const loggedIn = (outcome: LoginOutcome, given: string) => {
    setEmail(given)
    proceed(outcome)
  }
  const again = (begin: () => void) => () => {
    setLink(false)
    begin()
  }
  switch (step.name) {
    case 'password':
      if (isLink && first !== undefined) return first(proceed)
      return <PasswordStep {...password} email={email} onOutcome={loggedIn} isRestarted={step.isRestarted} />
    case 'code':
      return (
        <CodeStep
          {...step}
          onDone={(answer) => (answer.secondFactorRemoved ? showRemoval() : finish())}
          onVoid={again(restart)}
          onStartOver={again(startOver)}
        />
      )
    case 'enrollment':
      return (
        <Suspense fallback={<Waiting />}>
          <EnrollmentStep challenge={step.challenge} onDone={finish} onVoid={again(restart)} />
        </Suspense>
      )
    case 'factor_removed':
      return <FactorRemoved onDone={finish} />
    case 'done':
      return <Waiting />
  }
}
