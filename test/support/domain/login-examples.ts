import { type Command, login } from '../../../domain/login/decider.ts'
import { LoginAttempted, LoginLocked, LoginUnlocked, PasswordAccepted, PasswordRejected } from '../../../domain/login/events.ts'
import { accountId, attemptId, blindIndex, sealed } from './ids.ts'
import { later } from './time.ts'

const ada = accountId(1)
const admin = accountId(9)
export const minute = 60_000
export const decider = login({ maxAttempts: 2, lockout: minute, lockoutMax: 3 * minute, challengeLifetime: null })

export const details = (n: number) => ({
  attemptId: attemptId(n),
  deviceId: null,
  accountId: ada,
  ipAddress: sealed('address'),
  networkIndex: blindIndex(0),
  userAgent: sealed('browser'),
})
export const attempted = (n: number, ms = 0) => LoginAttempted({ ...details(n), at: later(ms) })
export const rejected = (n: number, ms = 0) => PasswordRejected({ attemptId: attemptId(n), at: later(ms) })
export const accepted = (n: number, ms = 0, rejectedBefore = 0) =>
  PasswordAccepted({ attemptId: attemptId(n), accountId: ada, rejectedBefore, at: later(ms) })
export const locked = (run: number, ms: number, duration: number) =>
  LoginLocked({ deviceId: null, until: later(ms + duration), consecutiveLocks: run, at: later(ms) })
export const unlocked = (ms: number) => LoginUnlocked({ by: admin, at: later(ms) })

export const attempt = (n: number, ms = 0): Command => ({ type: 'attempt', ...details(n), at: later(ms) })
export const wrong = (n: number, ms = 0): Command => ({ type: 'settle', attemptId: attemptId(n), matched: null, at: later(ms) })
export const right = (n: number, ms = 0): Command => ({ type: 'settle', attemptId: attemptId(n), matched: ada, at: later(ms) })
export const unlock = (ms: number): Command => ({ type: 'unlock', by: admin, at: later(ms) })

export const lockedOnce = [attempted(1), attempted(2), rejected(1), rejected(2), locked(1, 0, minute)]
