import type { ReactNode } from 'react'
import type { AnswerOf, Result } from '../../client/result.ts'
import { enrollmentTexts } from '../../texts/enrollment.ts'
import { CodeForm } from '../codes/code-form.tsx'
import { SendCode } from '../codes/send-code.tsx'
import { useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
import { StepHeading } from '../ui/step-heading.tsx'
import { useAction } from '../ui/use-action.ts'
import { ScanKey } from './scan-key.tsx'

export type StartedEnrollment = AnswerOf<'POST /totp/enroll'>

type ConfirmStepProps = {
  readonly intro: ReactNode
  readonly enrollment: StartedEnrollment
  readonly confirm: (code: string) => Promise<Result<unknown>>
  readonly send?: (() => Promise<Result<unknown>>) | undefined
  readonly onConfirmed: () => void
  readonly onRestart: () => void
}

export function ConfirmStep({ intro, enrollment: { qr, uri, secret }, confirm, send, onConfirmed, onRestart }: ConfirmStepProps) {
  const texts = useTexts(enrollmentTexts)
  const { run, isRunning, problem } = useAction(confirm, onConfirmed)
  const hasExpired = problem?.code === 'NOT_ENROLLED'
  const isDelivered = secret === null
  return (
    <section className="gb-steps">
      {intro}
      <StepHeading>{isDelivered ? texts.deliveredTitle : texts.scanTitle}</StepHeading>
      <p>{isDelivered ? texts.deliveredLead : texts.scanLead}</p>
      {secret !== null && <ScanKey qr={qr} uri={uri} secret={secret} />}
      <CodeForm
        label={isDelivered ? texts.deliveredLabel : texts.codeLabel}
        submitLabel={texts.confirm}
        onCode={run}
        isRunning={isRunning}
        problem={problem}
        problemText={hasExpired ? texts.expired : undefined}
      >
        {hasExpired && <Button onClick={onRestart}>{texts.beginAgain}</Button>}
        {isDelivered && send !== undefined && <SendCode send={send} wasSent />}
      </CodeForm>
    </section>
  )
}
