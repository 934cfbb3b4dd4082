import type { ReactNode } from 'react'
import { useTexts } from '../../react/gatebook-context.ts'
import { ProblemAlert } from '../../react/ui/alert.tsx'
import { Button } from '../../react/ui/button.tsx'
import { sharedTexts } from '../../texts/shared.ts'
import { Skeleton } from './skeleton.tsx'
import type { Called } from './use-call.ts'

type LoadedProps<Value> = {
  readonly of: Pick<Called<Value>, 'value' | 'problem' | 'isRunning' | 'reload'>
  readonly children: (value: Value) => ReactNode
  /** How much space to keep until then. */
  readonly lines?: number
}

/** What was loaded, or that it is being loaded, or why not and another try. A failed reload leaves what was there. */
export function Loaded<Value>({ of: { value, problem, isRunning, reload }, children, lines = 3 }: LoadedProps<Value>) {
  const texts = useTexts(sharedTexts)
  return (
    <>
      {problem !== null && (
        <div className="retry">
          <ProblemAlert problem={problem} />
          <Button isBusy={isRunning} onClick={reload}>
            {texts.tryAgain}
          </Button>
        </div>
      )}
      {value !== undefined ? children(value) : problem === null && <Skeleton lines={lines} />}
    </>
  )
}
