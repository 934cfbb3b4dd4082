import { useCallback } from 'react'
import type { AnswerOf } from '../../client/result.ts'
import { loginTexts } from '../../texts/login.ts'
import { CodeEntry } from '../codes/code-entry.tsx'
import { isDelivered } from '../codes/is-delivered.ts'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
import { useServiceSettings } from '../use-service-settings.ts'
import { useVoidChallenge } from './use-void-challenge.ts'

type CodeStepProps = {
  readonly challenge: string
  readonly canRecover: boolean
  readonly onDone: (answer: AnswerOf<'POST /login/otp'>) => void
  /** The challenge is void. */
  readonly onVoid: () => void
  readonly onStartOver: () => void
}

export function CodeStep({ challenge, canRecover, onDone, onVoid, onStartOver }: CodeStepProps) {
  const { call } = useGatebook()
  const texts = useTexts(loginTexts)
  const { provider } = useServiceSettings().secondFactor
  const endIfVoid = useVoidChallenge('POST /login/otp', challenge, onVoid)
  const check = useCallback(
    async (code: string) => {
      const result = await call('POST /login/otp', { body: { challenge, code } })
      if (!result.ok) await endIfVoid(result.problem)
      return result
    },
    [call, challenge, endIfVoid],
  )
  const send = useCallback(() => call('POST /login/otp/send', { body: { challenge } }), [call, challenge])
  const areSent = isDelivered(provider)
  return (
    <div className="gb-steps">
      <p>{provider === 'email' ? texts.mailLead : areSent ? texts.sentLead : texts.appLead}</p>
      <CodeEntry
        label={areSent ? texts.sentLabel : texts.appLabel}
        submitLabel={texts.submit}
        check={check}
        onDone={onDone}
        canRecover={canRecover}
        send={areSent ? send : undefined}
      >
        <Button look="quiet" onClick={onStartOver}>
          {texts.startOver}
        </Button>
      </CodeEntry>
    </div>
  )
}
