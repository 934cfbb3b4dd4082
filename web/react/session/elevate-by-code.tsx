import { useCallback } from 'react'
import { stepUpTexts } from '../../texts/codes.ts'
import { loginTexts } from '../../texts/login.ts'
import { CodeEntry } from '../codes/code-entry.tsx'
import { isDelivered } from '../codes/is-delivered.ts'
import { useGatebook, useTexts } from '../gatebook-context.ts'

export function ElevateByCode({ provider, onDone }: { readonly provider: string; readonly onDone: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(stepUpTexts)
  const words = useTexts(loginTexts)
  const check = useCallback((code: string) => call('POST /session/elevate', { body: { code } }), [call])
  const send = useCallback(() => call('POST /totp/send'), [call])
  const areSent = isDelivered(provider)
  return (
    <CodeEntry
      label={areSent ? words.sentLabel : words.appLabel}
      submitLabel={texts.confirm}
      check={check}
      onDone={onDone}
      send={areSent ? send : undefined}
      wasSent={false}
    >
      <p className="gb-hint">{texts.wait}</p>
    </CodeEntry>
  )
}
