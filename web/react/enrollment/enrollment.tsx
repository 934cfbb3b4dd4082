import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Result } from '../../client/result.ts'
import { sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { ProblemAlert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { useAction } from '../ui/use-action.ts'
import { Waiting } from '../ui/waiting.tsx'
import { ConfirmStep, type StartedEnrollment } from './confirm-step.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

export type EnrollmentProps = {
  readonly start: () => Promise<Result<StartedEnrollment>>
  readonly confirm: (code: string) => Promise<Result<unknown>>
  /** Sends another code. For services that deliver codes. */
  readonly send?: () => Promise<Result<unknown>>
  /** Shown until it is confirmed. */
  readonly intro?: ReactNode
  /** Called once the second factor is active and the recovery codes are kept. */
  readonly onDone: () => void
}

type Step = { readonly name: 'start' } | { readonly name: 'confirm' | 'keep'; readonly enrollment: StartedEnrollment }

/** Scan or receive, confirm with a code, keep the recovery codes. It begins when it is rendered. */
export function Enrollment({ start, confirm, send, intro, onDone }: EnrollmentProps) {
  const words = useTexts(sharedTexts)
  const [step, setStep] = useState<Step>({ name: 'start' })
  const { run, isRunning, problem } = useAction(start, (enrollment) => setStep({ name: 'confirm', enrollment }))
  // A second start would void the first, and development renders twice.
  const hasBegun = useRef(false)
  useEffect(() => {
    if (!hasBegun.current) void run(undefined)
    hasBegun.current = true
  }, [run])
  const restart = () => {
    setStep({ name: 'start' })
    void run(undefined)
  }
  if (step.name === 'keep') return <RecoveryCodes codes={step.enrollment.recoveryCodes} onKept={onDone} />
  if (step.name === 'start' && problem === null) return <Waiting />
  if (step.name === 'start')
    return (
      <div className="gb-steps">
        <ProblemAlert problem={problem} />
        <Button isBusy={isRunning} onClick={() => void run(undefined)}>
          {words.tryAgain}
        </Button>
      </div>
    )
  return (
    <ConfirmStep
      intro={intro}
      enrollment={step.enrollment}
      confirm={confirm}
      send={send}
      onConfirmed={() => setStep({ name: 'keep', enrollment: step.enrollment })}
      onRestart={restart}
    />
  )
}
