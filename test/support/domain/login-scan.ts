import type { LoginEvent } from '../../../domain/login/events.ts'

type Lock = Extract<LoginEvent, { type: 'LoginLocked' }>

/** The lock that nothing has lifted yet, read off the list itself: the last one with no unlock and no attempt after it. */
export const standingLock = (log: readonly LoginEvent[]): Lock | null => {
  const last = log.findLast((event) => ['LoginLocked', 'LoginUnlocked', 'LoginAttempted'].includes(event.type))
  return last?.type === 'LoginLocked' ? last : null
}

/** Whether an event starts the count anew: a lock, an unlock, or a right password while no lock stood. */
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
