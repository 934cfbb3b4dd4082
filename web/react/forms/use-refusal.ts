import type { Problem } from '../../client/result.ts'
import { useCountdown } from '../ui/countdown.ts'
import { useRefocus } from './use-refocus.ts'

export type Wait = { readonly isOver: boolean; readonly secondsLeft: number }

/** How long the service has asked to wait. Null if it has not. */
export function useWait(problem: Problem | null): Wait | null {
  const seconds = problem?.retryAfter ?? 0
  const secondsLeft = useCountdown(seconds, problem)
  return seconds === 0 ? null : { isOver: secondsLeft === 0, secondsLeft }
}

/** What a form does about a refusal: it waits if it must, and the focus goes to what is wrong, or else to the named field. */
export function useRefusal(problem: Problem | null, name: string) {
  const form = useRefocus(problem, name)
  const wait = useWait(problem)
  return { form, wait, isWaiting: wait !== null && !wait.isOver }
}
