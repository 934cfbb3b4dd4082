import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert, ProblemAlert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'

/** A change to the same address mails a link, which proves it. */
export function ConfirmAddress({ email }: { readonly email: string }) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts)
  const [isSent, setSent] = useState(false)
  const { run, isRunning, problem } = useAction(
    () => call('POST /email', { body: { email } }),
    () => setSent(true),
  )
  if (isSent) return <Alert tone="success">{texts.email.sent(email)}</Alert>
  return (
    <>
      <Alert tone="warning">
        <p>{texts.checkup.unverified}</p>
        <Button isBusy={isRunning} onClick={() => void run(undefined)}>
          {texts.checkup.confirm}
        </Button>
      </Alert>
      <ProblemAlert problem={problem} />
    </>
  )
}
