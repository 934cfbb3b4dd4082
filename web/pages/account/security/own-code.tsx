import { useCallback } from 'react'
import type { Result } from '../../../client/result.ts'
import { CodeEntry } from '../../../react/codes/code-entry.tsx'
import { isDelivered } from '../../../react/codes/is-delivered.ts'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { accountTexts } from '../../../texts/account.ts'
import { stepUpTexts } from '../../../texts/codes.ts'

type OwnCodeProps<Value> = {
  readonly mode: string
  readonly submitLabel: string
  readonly check: (code: string) => Promise<Result<Value>>
  readonly onDone: (value: Value) => void
}

/** Asks whoever is logged in for a code. */
export function OwnCode<Value>({ mode, submitLabel, check, onDone }: OwnCodeProps<Value>) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts)
  const { wait } = useTexts(stepUpTexts)
  const send = useCallback(() => call('POST /totp/send'), [call])
  const areSent = isDelivered(mode)
  return (
    <CodeEntry
      label={areSent ? texts.codeSent : texts.codeApp}
      submitLabel={submitLabel}
      check={check}
      onDone={onDone}
      send={areSent ? send : undefined}
      wasSent={false}
    >
      <p className="gb-hint">{wait}</p>
    </CodeEntry>
  )
}
