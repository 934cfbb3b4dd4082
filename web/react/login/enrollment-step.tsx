import { useCallback } from 'react'
import { loginTexts } from '../../texts/login.ts'
import { Enrollment } from '../enrollment/enrollment.tsx'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { Alert } from '../ui/alert.tsx'
import { useVoidChallenge } from './use-void-challenge.ts'

type EnrollmentStepProps = { readonly challenge: string; readonly onDone: () => void; readonly onVoid: () => void }

export function EnrollmentStep({ challenge, onDone, onVoid }: EnrollmentStepProps) {
  const { call } = useGatebook()
  const texts = useTexts(loginTexts)
  const endIfVoid = useVoidChallenge('POST /login/enroll/confirm', challenge, onVoid)
  const start = useCallback(async () => {
    const result = await call('POST /login/enroll', { body: { challenge } })
    if (!result.ok && result.problem.code === 'SECOND_FACTOR_FAILED') onVoid()
    return result
  }, [call, challenge, onVoid])
  const confirm = useCallback(
    async (code: string) => {
      const result = await call('POST /login/enroll/confirm', { body: { challenge, code } })
      if (!result.ok) await endIfVoid(result.problem)
      return result
    },
    [call, challenge, endIfVoid],
  )
  const send = useCallback(() => call('POST /login/otp/send', { body: { challenge } }), [call, challenge])
  return <Enrollment start={start} confirm={confirm} send={send} onDone={onDone} intro={<Alert>{texts.enrollLead}</Alert>} />
}
