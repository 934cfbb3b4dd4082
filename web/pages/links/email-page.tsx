import { useCallback, useEffect } from 'react'
import { Link } from 'wouter'
import { FormProblem } from '../../react/forms/form-problem.tsx'
import { useWait } from '../../react/forms/use-refusal.ts'
import { useGatebook, useTexts } from '../../react/gatebook-context.ts'
import { Button } from '../../react/ui/button.tsx'
import { useAction } from '../../react/ui/use-action.ts'
import { linkTexts } from '../../texts/links.ts'
import { PublicLayout } from '../shell/public-layout.tsx'
import { useLink } from './use-link.ts'
import { NoLink, VoidLink } from './void-link.tsx'

export function EmailPage() {
  const texts = useTexts(linkTexts)
  const link = useLink()
  if (link.isVoid)
    return (
      <VoidLink>
        <p>{texts.emailVoid}</p>
        <ToAccount />
      </VoidLink>
    )
  if (link.isDone)
    return (
      <PublicLayout title={texts.emailDoneTitle} lead={texts.emailDone} hasFocus>
        <ToAccount />
      </PublicLayout>
    )
  if (link.token === null)
    return (
      <NoLink>
        <ToAccount />
      </NoLink>
    )
  return (
    <PublicLayout title={texts.emailTitle} lead={texts.emailLead}>
      <ConfirmEmail token={link.token} onDone={link.done} onVoid={link.spoil} />
    </PublicLayout>
  )
}

type ConfirmEmailProps = { readonly token: string; readonly onDone: () => void; readonly onVoid: () => void }

function ConfirmEmail({ token, onDone, onVoid }: ConfirmEmailProps) {
  const { call } = useGatebook()
  const texts = useTexts(linkTexts)
  const confirm = useCallback(() => call('POST /email/confirm', { body: { token } }), [call, token])
  const { run, isRunning, problem } = useAction(confirm, onDone)
  const wait = useWait(problem)
  const isVoid = problem?.code === 'INVALID_CREDENTIALS'
  useEffect(() => {
    if (isVoid) onVoid()
  }, [isVoid, onVoid])
  return (
    <div className="gb-steps">
      <FormProblem problem={problem} wait={wait} />
      <Button
        look="primary"
        className="gb-button-block"
        isBusy={isRunning}
        disabled={wait !== null && !wait.isOver}
        onClick={() => void run(undefined)}
      >
        {texts.emailSubmit}
      </Button>
    </div>
  )
}

function ToAccount() {
  const texts = useTexts(linkTexts)
  return (
    <Link className="gb-button gb-button-primary gb-button-block" href="/account">
      {texts.toAccount}
    </Link>
  )
}
