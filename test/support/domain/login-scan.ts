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
  return log.flatMap((event) => (event.type === 'LoginAttempted' && !settled.has(event.data.attemptId) ? [event.data.at] : []))
}

const minute = 60_000

/** Attempts that are still being checked. */
export const pendingAt = (log: readonly LoginEvent[], at: number) => unsettledIn(log).filter((began) => at - began < minute).length

/** Rejected attempts, and those whose outcome was lost, since the last event that starts anew. */
export const failuresAt = (log: readonly LoginEvent[], at: number) => {
  const start = log.findLastIndex(({ type }) => ['LoginLocked', 'LoginUnlocked', 'PasswordAccepted'].includes(type))
  const since = start === -1 ? Number.NEGATIVE_INFINITY : timeOf(log[start] as LoginEvent)
  const lost = unsettledIn(log).filter((began) => at - began >= minute && since - began < minute)
  return log.slice(start + 1).filter(({ type }) => type === 'PasswordRejected').length + lost.length
}

export const locksInARow = (log: readonly LoginEvent[]) => {
  const start = log.findLastIndex((_, index) => forgives(log, index))
  return log.slice(start + 1).filter((event) => event.type === 'LoginLocked').length
}
