import { lazy } from 'react'
import { Waiting } from '../ui/waiting.tsx'
import { CodeStep } from './code-step.tsx'
import { FactorRemoved } from './factor-removed.tsx'
import { NewPasswordStep } from './new-password-step.tsx'
import type { LoginOutcome, LoginStep, RestartReason } from './use-login-steps.ts'

const EnrollmentStep = lazy(() => import('./enrollment-step.tsx').then((module) => ({ default: module.EnrollmentStep })))

export type LaterStepsProps = {
  readonly step: Exclude<LoginStep, { readonly name: 'password' }>
  readonly proceed: (outcome: LoginOutcome) => void
  readonly finish: () => void
  readonly showRemoval: () => void
  readonly again: (because: RestartReason | null) => () => void
}

/** What a login may need after the password. Loaded when it does. */
export function LaterSteps({ step, proceed, finish, showRemoval, again }: LaterStepsProps) {
  switch (step.name) {
    case 'code':
      return (
        <CodeStep
          {...step}
          onDone={(answer) => {
            if (answer.status !== 'authenticated') proceed(answer)
            else if (answer.secondFactorRemoved) showRemoval()
            else finish()
          }}
          onVoid={again('void')}
          onStartOver={again(null)}
        />
      )
    case 'enrollment':
      return <EnrollmentStep challenge={step.challenge} onDone={finish} onVoid={again('void')} />
    case 'new_password':
      return <NewPasswordStep challenge={step.challenge} onDone={proceed} onVoid={again('void')} />
    case 'factor_removed':
      return <FactorRemoved onDone={finish} />
    case 'done':
      return <Waiting />
  }
}
