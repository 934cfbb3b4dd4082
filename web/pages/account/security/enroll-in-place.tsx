import { useCallback, useRef, useState } from 'react'
import { isDelivered } from '../../../react/codes/is-delivered.ts'
import type { StartedEnrollment } from '../../../react/enrollment/confirm-step.tsx'
import { Enrollment } from '../../../react/enrollment/enrollment.tsx'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { accountTexts } from '../../../texts/account.ts'
import type { OnFactorChange } from './factor-change.ts'
import { useStartEnrollment } from './use-start-enrollment.ts'

type EnrollInPlaceProps = {
  /** By the click that led here. */
  readonly started: StartedEnrollment
  readonly replaces: boolean
  readonly mode: string
  readonly onChange: OnFactorChange
}

/** It cannot be stopped between the confirmation and the recovery codes: the factor is on, and the codes are shown only once. */
export function EnrollInPlace({ started, replaces, mode, onChange }: EnrollInPlaceProps) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).factor
  const [isConfirmed, setConfirmed] = useState(false)
  const first = useRef<StartedEnrollment | null>(started)
  const startAgain = useStartEnrollment(replaces)
  const start = useCallback(async () => {
    const value = first.current
    first.current = null
    return value === null ? startAgain() : { ok: true as const, value }
  }, [startAgain])
  const confirm = useCallback(
    async (code: string) => {
      const result = await call('POST /totp/confirm', { body: { code } })
      setConfirmed(result.ok)
      return result
    },
    [call],
  )
  const send = useCallback(() => call('POST /totp/send'), [call])
  return (
    <div className="narrow enroll">
      {replaces && !isConfirmed && <p className="muted">{texts.replaceLead}</p>}
      <Enrollment
        start={start}
        confirm={confirm}
        {...(isDelivered(mode) ? { send } : {})}
        onDone={() => onChange({ step: 'done', what: 'enabled' })}
      />
      {!isConfirmed && (
        <Button look="quiet" onClick={() => onChange({ step: 'done', what: 'stopped' })}>
          {texts.stop}
        </Button>
      )}
    </div>
  )
}
