import { type LoginEvent, timeOf } from '../../../domain/login/events.ts'

type Lock = Extract<LoginEvent, { type: 'LoginLocked' }>

/** The lock in force: the last one without an unlock or an attempt after it, taken from the events without folding. */
export const standingLock = (log: readonly LoginEvent[]): Lock | null => {
  const last = log.findLast((event) => ['LoginLocked', 'LoginUnlocked', 'LoginAttempted'].includes(event.type))
  return last?.type === 'LoginLocked' ? last : null
}

const forgives = (log: readonly LoginEvent[], index: number) => {
  const type = log[index]?.type
  return type === 'LoginUnlocked' || (type === 'PasswordAccepted' && standingLock(log.slice(0, index)) === null)
}

const unsettledIn = (log: readonly LoginEvent[]) => {
  const settled = new Set(
    log.flatMap((event) => (event.type === 'PasswordAccepted' || event.type === 'PasswordRejected' ? [event.data.attemptId] : [])),
  )
  return log.flatMap((event, index) =>
    event.type === 'LoginAttempted' && !settled.has(event.data.attemptId) ? [{ index, began: event.data.at }] : [],
  )
}

const minute = 60_000

/** Attempts that are still being checked. */
export const pendingAt = (log: readonly LoginEvent[], at: number) => unsettledIn(log).filter(({ began }) => at - began < minute).length

const startsAnew = ['LoginLocked', 'LoginUnlocked', 'PasswordAccepted']
const looksForLost = [...startsAnew, 'LoginAttempted', 'PasswordRejected']

/** Rejected attempts, and those whose outcome was lost, since the last event that starts anew. An event may be recorded long after its time. */
export const failuresAt = (log: readonly LoginEvent[], at: number) => {
  const start = log.findLastIndex(({ type }) => startsAnew.includes(type))
  const isForgiven = (index: number, began: number) =>
    log.slice(index + 1, start + 1).some((event) => looksForLost.includes(event.type) && timeOf(event) - began >= minute)
  const lost = unsettledIn(log).filter(({ index, began }) => at - began >= minute && !isForgiven(index, began))
  return log.slice(start + 1).filter(({ type }) => type === 'PasswordRejected').length + lost.length
}

export const locksInARow = (log: readonly LoginEvent[]) => {
  const start = log.findLastIndex((_, index) => forgives(log, index))
  return log.slice(start + 1).filter((event) => event.type === 'LoginLocked').length
}
