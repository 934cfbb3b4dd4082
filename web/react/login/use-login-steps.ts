import { useCallback, useEffect, useState } from 'react'
import type { AnswerOf } from '../../client/result.ts'
import { useGatebook } from '../gatebook-context.ts'

export type LoginOutcome = AnswerOf<'POST /login'>

/** The challenge is kept here and nowhere else, so that it is gone with the page. */
export type LoginStep =
  | { readonly name: 'password'; readonly isRestarted: boolean }
  | { readonly name: 'code'; readonly challenge: string; readonly canRecover: boolean }
  | { readonly name: 'enrollment'; readonly challenge: string }
  | { readonly name: 'factor_removed' }
  | { readonly name: 'done' }

const stepAfter = (outcome: LoginOutcome): LoginStep => {
  if (outcome.status === 'authenticated') return { name: 'done' }
  if (outcome.status === 'enrollment_required') return { name: 'enrollment', challenge: outcome.challenge }
  return { name: 'code', challenge: outcome.challenge, canRecover: outcome.methods.includes('recovery_code') }
}

export function useLoginSteps(onDone: () => void) {
  const { session } = useGatebook()
  const [step, setStep] = useState<LoginStep>({ name: 'password', isRestarted: false })
  const isBetween = step.name !== 'password' && step.name !== 'done'
  // What is shown after the session has begun, codes or a warning, must not vanish because it has begun.
  useEffect(() => (isBetween ? session.hold() : undefined), [session, isBetween])

  const finish = useCallback(() => {
    setStep({ name: 'done' })
    onDone()
  }, [onDone])
  const proceed = useCallback(
    (outcome: LoginOutcome) => (outcome.status === 'authenticated' ? finish() : setStep(stepAfter(outcome))),
    [finish],
  )
  const restart = useCallback(() => setStep({ name: 'password', isRestarted: true }), [])
  const startOver = useCallback(() => setStep({ name: 'password', isRestarted: false }), [])
  const showRemoval = useCallback(() => setStep({ name: 'factor_removed' }), [])
  return { step, proceed, finish, restart, startOver, showRemoval }
}
