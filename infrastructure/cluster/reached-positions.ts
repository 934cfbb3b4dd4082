import { sharedPlaces } from '../queues/shared-places.ts'

/** `account`: undefined without a session. */
type Waiter = { readonly account: string | undefined; readonly network: string }

type Waiting = { readonly position: number; readonly settle: (isReached: boolean) => void }

/** Those without a session take none of the places of those with one. Callers beyond these do not wait. */
const maxWaiting = 1_000

/** Of one account, or of one network without a session. */
const maxOfOne = 10

export function reachedPositions(patience: number) {
  let reached = 0
  const waiting = new Set<Waiting>()
  const [ofSessions, ofStrangers] = [sharedPlaces(maxWaiting, maxOfOne), sharedPlaces(maxWaiting, maxOfOne)]

  const wait = (position: number, leave: () => void) =>
    new Promise<boolean>((resolve) => {
      const settle = (isReached: boolean) => {
        clearTimeout(timer)
        waiting.delete(one)
        leave()
        resolve(isReached)
      }
      const one: Waiting = { position, settle }
      const timer = setTimeout(() => settle(false), patience)
      waiting.add(one)
    })

  return {
    position: () => reached,
    /** Whether the read models have reached `position`, or do so in time. */
    reach: (position: number, { account, network }: Waiter): boolean | Promise<boolean> => {
      if (position <= reached) return true
      const [places, by] = account === undefined ? [ofStrangers, network] : [ofSessions, account]
      return places.take(by) && wait(position, () => places.giveBack(by))
    },
    moveTo: (position: number) => {
      reached = position
      for (const one of waiting) if (one.position <= position) one.settle(true)
    },
    close: () => {
      for (const one of waiting) one.settle(false)
    },
  }
}

export type ReachedPositions = ReturnType<typeof reachedPositions>
