import { useCallback, useEffect } from 'react'
import type { AnswerOf } from '../../client/result.ts'
import { stepUpTexts } from '../../texts/codes.ts'
import { sharedTexts } from '../../texts/shared.ts'
import { useGatebook, useTexts } from '../gatebook-context.ts'
import { ProblemAlert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { Waiting } from '../ui/waiting.tsx'
import { ElevateByCode } from './elevate-by-code.tsx'
import { ElevateByPassword } from './elevate-by-password.tsx'
import { useSession } from './use-session.ts'

export type StepUpDialogProps = { readonly onAnswer: (isElevated: boolean) => void }

export function StepUpDialog({ onAnswer }: StepUpDialogProps) {
  const texts = useTexts(stepUpTexts)
  const words = useTexts(sharedTexts)
  const { call } = useGatebook()
  const { status } = useSession()
  const cancel = useCallback(() => onAnswer(false), [onAnswer])
  // Too many wrong codes end the session, and with it the question.
  useEffect(() => {
    if (status === 'anonymous') cancel()
  }, [status, cancel])
  const load = useCallback(() => call('GET /totp'), [call])
  const { value, problem, reload } = useLoaded(load)
  return (
    <Dialog title={texts.title} onClose={cancel}>
      <div className="gb-steps">
        <p>{texts.lead}</p>
        {value === null && problem === null && <Waiting />}
        {problem !== null && (
          <>
            <ProblemAlert problem={problem} />
            <Button onClick={reload}>{words.tryAgain}</Button>
          </>
        )}
        {value !== null && <Proof factor={value} onDone={() => onAnswer(true)} />}
        <Button look="quiet" onClick={cancel}>
          {words.cancel}
        </Button>
      </div>
    </Dialog>
  )
}

function Proof({ factor, onDone }: { readonly factor: AnswerOf<'GET /totp'>; readonly onDone: () => void }) {
  return factor.enrolled ? <ElevateByCode provider={factor.mode} onDone={onDone} /> : <ElevateByPassword onDone={onDone} />
}
