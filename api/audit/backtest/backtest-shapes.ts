import * as t from 'io-ts'
import { AccountId } from '../../../domain/kernel/ids.ts'
import { time, uuid } from '../../codecs/primitives.ts'
import { strictObject } from '../../codecs/strict-object.ts'

const count = t.number

export const BacktestPolicyBody = strictObject(
  {},
  {
    loginMaxAttempts: count,
    loginLockoutSeconds: count,
    loginLockoutMaxSeconds: count,
    maxOtpAttempts: count,
    otpLockoutSeconds: count,
    otpLockoutMaxSeconds: count,
    loginRatePerMinute: count,
    blockedAddresses: t.readonlyArray(t.string),
  },
)

const figures = { locks: count, lockedMs: count, refusedLogins: count, stoppedGuesses: count, refusedUnchecked: count, admitted: count }
const Figures = strictObject(figures)
const Side = strictObject({ ...figures, names: count })
const Lockouts = strictObject({
  recorded: Side,
  tried: Side,
  accounts: t.array(strictObject({ accountId: uuid(AccountId), recorded: Figures, tried: Figures })),
  moreAccounts: count,
})

const refusals = { refusedLogins: count, stoppedGuesses: count }
const Networks = strictObject({
  tried: strictObject({ refused: count, blocked: count, ...refusals, names: count, networks: count, unopened: count, erased: count }),
  accounts: t.array(strictObject({ accountId: uuid(AccountId), ...refusals })),
  moreAccounts: count,
})

const Timeline = strictObject({
  step: t.keyof({ hour: null, day: null }),
  steps: t.readonlyArray(strictObject({ at: time, recordedLocks: count, locks: count, ...refusals })),
})

const lockout = { maxAttempts: count, lockout: count, lockoutMax: count }
const TriedPolicy = strictObject({
  login: strictObject(lockout),
  codes: strictObject(lockout),
  networks: strictObject({ attemptsPerMinute: count, blocked: count }),
})

const Progress = strictObject({ done: count, total: count })
const Report = strictObject({ policy: TriedPolicy, logins: Lockouts, codes: Lockouts, networks: Networks, timeline: Timeline })
const Failure = strictObject({ problem: t.string })

/** A line of the answer. Durations are milliseconds. */
export const BacktestLine = t.union([Progress, Report, Failure])
export type BacktestLine = t.TypeOf<typeof BacktestLine>
