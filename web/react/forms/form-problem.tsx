import type { Problem } from '../../client/result.ts'
import { problemText } from '../../texts/problem-text.ts'
import { problemTexts, sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { Alert } from '../ui/alert.tsx'
import { Icon } from '../ui/icon.tsx'
import type { Wait } from './use-refusal.ts'

const split = (seconds: number) => [Math.floor(seconds / 60), seconds % 60] as const

/** The problem of a form. A wait is announced when it begins and when it is over, and can be read in between. */
export function FormProblem({
  problem,
  wait,
  text,
}: {
  readonly problem: Problem | null
  readonly wait: Wait | null
  readonly text?: string | undefined
}) {
  const problems = useTexts(problemTexts)
  const texts = useTexts(sharedTexts)
  if (problem === null) return null
  if (wait === null) return <Alert tone="danger">{text ?? problemText(problems, problem)}</Alert>
  if (wait.isOver) return <Alert tone="info">{texts.waitOver}</Alert>
  return (
    <div className="gb-alert gb-alert-danger">
      <Icon name="alert" />
      <div className="gb-alert-text">
        <p role="alert">
          {text ?? problemText(problems, problem)}
          <span className="gb-visually-hidden"> {texts.waitFor(...split(problem.retryAfter ?? 0))}</span>
        </p>
        <p>
          {texts.wait}{' '}
          <span role="timer" aria-label={texts.wait} className="gb-timer">
            {texts.minutesAndSeconds(...split(wait.secondsLeft))}
          </span>
        </p>
      </div>
    </div>
  )
}
