import type { ReactNode } from 'react'
import { useTexts } from '../../react/gatebook-context.ts'
import { ProblemAlert } from '../../react/ui/alert.tsx'
import { Button } from '../../react/ui/button.tsx'
import { sharedTexts } from '../../texts/shared.ts'
import { Skeleton } from './skeleton.tsx'
import type { Called } from './use-call.ts'
import type { Pages } from './use-pages.ts'

type Retry = Pick<Called<unknown>, 'problem' | 'isRunning'> & { readonly tryAgain: () => void }

/** Nothing without a problem. */
export function TryAgain({ problem, isRunning, tryAgain }: Retry) {
  const texts = useTexts(sharedTexts)
  if (problem === null) return null
  return (
    <div className="retry">
      <ProblemAlert problem={problem} />
      <Button isBusy={isRunning} onClick={tryAgain}>
        {texts.tryAgain}
      </Button>
    </div>
  )
}

type LoadedProps<Value> = {
  readonly of: Pick<Called<Value>, 'value' | 'problem' | 'isRunning' | 'reload'>
  readonly children: (value: Value) => ReactNode
  /** How much space to keep until then. */
  readonly lines?: number
}

/** What was loaded, or that it is being loaded, or why not and another try. A failed reload leaves what was there. */
export function Loaded<Value>({ of, children, lines = 3 }: LoadedProps<Value>) {
  return (
    <>
      <TryAgain {...of} tryAgain={of.reload} />
      {of.value !== undefined ? children(of.value) : of.problem === null && <Skeleton lines={lines} />}
    </>
  )
}

type LoadedPagesProps<Item> = {
  readonly of: Pick<Pages<Item>, 'items' | 'isLoading' | 'isRunning' | 'problem' | 'tryAgain'>
  readonly children: ReactNode
  readonly lines?: number
}

/** The same for a list that is loaded page by page. */
export function LoadedPages<Item>({ of, children, lines = 5 }: LoadedPagesProps<Item>) {
  const isThere = of.items.length > 0 || (!of.isLoading && of.problem === null)
  return (
    <>
      <TryAgain {...of} />
      {isThere ? children : of.problem === null && <Skeleton lines={lines} />}
    </>
  )
}
