import type { LoginEvent } from '../../../domain/login/events.ts'

type Lock = Extract<LoginEvent, { type: 'LoginLocked' }>

/** The lock in force: the last one without an unlock or an attempt after it, taken from the events without folding. */
export const standingLock = (log: readonly LoginEvent[]): Lock | null => {
  const last = log.findLast((event) => ['LoginLocked', 'LoginUnlocked', 'LoginAttempted'].includes(event.type))
  return last?.type === 'LoginLocked' ? last : null
}

/** Whether an event resets the count: a lock, an unlock, or a right password outside a lock. */
const startsAnew = (log: readonly LoginEvent[], index: number) => {
  const type = log[index]?.type
  return type === 'LoginLocked' || forgives(log, index)
}

const forgives = (log: readonly LoginEvent[], index: number) => {
  const type = log[index]?.type
  return type === 'LoginUnlocked' || (type === 'PasswordAccepted' && standingLock(log.slice(0, index)) === null)
}

export const attemptsCounted = (log: readonly LoginEvent[]) => {
  const start = log.findLastIndex((_, index) => startsAnew(log, index))
  return log.slice(start + 1).filter((event) => event.type === 'LoginAttempted').length
}

export const locksInARow = (log: readonly LoginEvent[]) => {
  const start = log.findLastIndex((_, index) => forgives(log, index))
  return log.slice(start + 1).filter((event) => event.type === 'LoginLocked').length
}
