import { useLayoutEffect, useState } from 'react'

const secondsUntil = (end: number) => Math.max(0, Math.ceil((end - performance.now()) / 1000))

/** Whole seconds left of `seconds`, which began when `start` changed. Counts by the monotonic clock, so a sleeping tab is right when it wakes. */
export function useCountdown(seconds: number, start: unknown): number {
  const [left, setLeft] = useState(seconds)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same number of seconds may begin anew
  useLayoutEffect(() => {
    const end = performance.now() + seconds * 1000
    const stop = () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
    const tick = () => {
      const now = secondsUntil(end)
      setLeft(now)
      if (now === 0) stop()
    }
    const timer = setInterval(tick, 500)
    document.addEventListener('visibilitychange', tick)
    tick()
    return stop
  }, [seconds, start])
  return left
}
