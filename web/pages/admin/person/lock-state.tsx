import { useEffect, useMemo } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { useCountdown } from '../../../react/ui/countdown.ts'
import { sharedTexts } from '../../../texts/shared.ts'

type LockStateProps = { readonly until: string; readonly words: (left: string) => string; readonly onOver: () => void }

/** Counts down by itself. Whether the lock is over is what the service says. */
export function LockState({ until, words, onOver }: LockStateProps) {
  const texts = useTexts(sharedTexts)
  const seconds = useMemo(() => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000)), [until])
  const left = useCountdown(seconds, until)
  const isOver = left === 0
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  return <span className="bad">{words(texts.minutesAndSeconds(Math.floor(left / 60), left % 60))}</span>
}
