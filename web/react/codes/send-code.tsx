import { useState } from 'react'
import type { Result } from '../../client/result.ts'
import { codeTexts } from '../../texts/codes.ts'
import { FormProblem } from '../forms/form-problem.tsx'
import { useWait } from '../forms/use-refusal.ts'
import { useTexts } from '../gatebook-context.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { useAction } from '../ui/use-action.ts'

type SendCodeProps = {
  readonly send: () => Promise<Result<unknown>>
  /** Whether a code was sent before. */
  readonly wasSent: boolean
}

/** Where codes are delivered. */
export function SendCode({ send, wasSent }: SendCodeProps) {
  const texts = useTexts(codeTexts)
  const [count, setCount] = useState(wasSent ? 1 : 0)
  const { run, isRunning, problem } = useAction(send, () => setCount(count + 1))
  const wait = useWait(problem)
  const isSent = count > (wasSent ? 1 : 0) && problem === null && !isRunning
  return (
    <>
      <FormProblem problem={problem} wait={wait} />
      {isSent && <Alert tone="success">{texts.sent}</Alert>}
      <Button className="gb-button-block" isBusy={isRunning} disabled={wait !== null && !wait.isOver} onClick={() => void run(undefined)}>
        {count > 0 ? texts.sendAgain : texts.send}
      </Button>
    </>
  )
}
