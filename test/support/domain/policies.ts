import type { RecordedPolicy } from '../../../domain/policy/events.ts'

const minute = 60_000

export const aPolicy: RecordedPolicy = {
  login: { maxAttempts: 5, lockout: minute, lockoutMax: 60 * minute, challengeLifetime: null },
  codes: { maxAttempts: 5, lockout: minute, lockoutMax: 60 * minute },
  session: {
    idle: 1_440 * minute,
    absolute: 43_200 * minute,
    elevation: 15 * minute,
    refresh: 43_200 * minute,
    refreshGrace: 0,
    maxFailures: 5,
  },
  identity: { rotation: 4_320 * minute },
}

export const stricter: RecordedPolicy = { ...aPolicy, login: { ...aPolicy.login, maxAttempts: 3 } }
