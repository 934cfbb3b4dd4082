import { useCallback, useEffect, useRef, useState } from 'react'
import type { AnswerOf } from '../../client/result.ts'
import { useGatebook } from '../gatebook-context.ts'

export type LoginOutcome = AnswerOf<'POST /login'>

/** `void`: the service has ended the login. `not_kept`: the browser did not keep the session. */
export type RestartReason = 'void' | 'not_kept'

/** The challenge is kept here and nowhere else, so that it is gone with the page. */
export type LoginStep =
  | { readonly name: 'password'; readonly because: RestartReason | null }
  | { readonly name: 'code'; readonly challenge: string; readonly canRecover: boolean }
  | { readonly name: 'enrollment'; readonly challenge: string }
  | { readonly name: 'new_password'; readonly challenge: string }
  | { readonly name: 'factor_removed' }
  | { readonly name: 'done' }

const stepAfter = (outcome: LoginOutcome): LoginStep => {
  if (outcome.status === 'authenticated') return { name: 'done' }
  if (outcome.status === 'enrollment_required') return { name: 'enrollment', challenge: outcome.challenge }
  if (outcome.status === 'password_change_required') return { name: 'new_password', challenge: outcome.challenge }
  return { name: 'code', challenge: outcome.challenge, canRecover: outcome.methods.includes('recovery_code') }
}

export function useLoginSteps(onDone: () => void) {
  const { session } = useGatebook()
  const [step, setStep] = useState<LoginStep>({ name: 'password', because: null })
  const isBetween = step.name !== 'password' && step.name !== 'done'
  // What is shown after the session has begun, codes or a warning, must not vanish because it has begun.
  useEffect(() => (isBetween ? session.hold() : undefined), [session, isBetween])

  const restart = useCallback((because: RestartReason | null) => setStep({ name: 'password', because }), [])
  const done = useRef(onDone)
  done.current = onDone
  const isDone = step.name === 'done'
  useEffect(() => {
    if (!isDone) return
    void session.refresh().then(({ status }) => (status === 'anonymous' ? restart('not_kept') : done.current()))
  }, [session, isDone, restart])

  const proceed = useCallback((outcome: LoginOutcome) => setStep(stepAfter(outcome)), [])
  const finish = useCallback(() => setStep({ name: 'done' }), [])
  const showRemoval = useCallback(() => setStep({ name: 'factor_removed' }), [])
  return { step, proceed, finish, restart, showRemoval }
}
