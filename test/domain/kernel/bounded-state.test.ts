import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type Command as AccountCommand, account } from '../../../domain/account/decider.ts'
import { type Command as DevicesCommand, devices } from '../../../domain/devices/decider.ts'
import type { Decider } from '../../../domain/kernel/decider.ts'
import { type Command as LoginCommand, login } from '../../../domain/login/decider.ts'
import { secondFactor } from '../../../domain/second-factor/decider.ts'
import { type Command as SessionCommand, session } from '../../../domain/session/decider.ts'
import { challengeOf } from '../../support/domain/challenge-history.ts'
import { accountId, attemptId, blindIndex, deviceId, sealed, tokenHash } from '../../support/domain/ids.ts'
import { attempt as logIn } from '../../support/domain/login-history.ts'
import * as code from '../../support/domain/second-factor-examples.ts'
import { grant } from '../../support/domain/sessions.ts'
import { later } from '../../support/domain/time.ts'

const json = (value: unknown): string => JSON.stringify(value, (_, part) => (part instanceof Map || part instanceof Set ? [...part] : part))

/** Repeats what somebody without a role can do; returns the size of the state after a tenth of it and after all. */
const sizes = <State, Command, Event>(
  { decide, evolve, initial }: Decider<State, Command, Event, unknown>,
  times: number,
  commands: (n: number) => readonly Command[],
) => {
  let state = initial
  const sizes: number[] = []
  for (let n = 0; n < times; n++) {
    for (const command of commands(n)) {
      const decision = decide(command, state)
      if (isRight(decision)) state = decision.right.reduce(evolve, state)
    }
    if (n === times / 10 || n === times - 1) sizes.push(json(state).length)
  }
  return { early: sizes[0] ?? 0, late: sizes[1] ?? 0 }
}

const registration = {
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('email'),
  emailVerified: false,
  passwordHash: sealed('hash'),
}
const lockout = { maxAttempts: 5, lockout: 60_000, lockoutMax: 3_600_000 }
const day = 86_400_000

describe('the state of a stream does not grow with what is done to it', () => {
  const expectBounded = ({ early, late }: ReturnType<typeof sizes>) => expect(late).toBeLessThan(early * 1.5 + 200)

  test('session: refreshes, wrong and right proofs that are never settled', () => {
    const policy = { idle: day, absolute: 10_000 * day, elevation: 1000, refresh: day, refreshGrace: 10, maxFailures: 5 }
    expectBounded(
      sizes(session(policy), 2_000, (n): readonly SessionCommand[] => {
        const at = later(n * 61_000)
        if (n === 0) return [grant(tokenHash(0), tokenHash(0), at)]
        const refresh = { type: 'refresh' as const, presented: tokenHash(n - 1), counter: n, survives: true, at }
        return [
          { ...refresh, tokenHash: tokenHash(n), refreshHash: tokenHash(n) },
          { type: 'attempt' as const, attemptId: attemptId(n), purpose: 'elevation' as const, at },
          ...(n % 3 === 0 ? [] : [{ type: 'settle' as const, attemptId: attemptId(n), isRight: true, at }]),
        ]
      }),
    )
  })

  test('login: attempts that are never settled, from many devices, and challenges', () => {
    expectBounded(
      sizes(login({ ...lockout, challengeLifetime: null }), 2_000, (n): readonly LoginCommand[] => {
        const at = later(n * 4_000_000)
        return [
          logIn(n, at, null, n % 2 === 0 ? null : deviceId(n)),
          logIn(n + 10_000, at),
          { type: 'challenge' as const, ...challengeOf(n), challengeHash: tokenHash(n), at },
        ]
      }),
    )
  })

  test('second factor: enrollments, codes that are never settled, codes that are sent', () => {
    expectBounded(
      sizes(secondFactor(lockout), 2_000, (n) => [
        code.enroll(code.singleUse(n), n, n * 4_000_000),
        code.attempt(n, 'confirmation', n * 4_000_000),
        code.send(n * 4_000_000),
      ]),
    )
  })

  test('account: resets, changes of the password and ends of its sessions', () => {
    expectBounded(
      sizes(account, 2_000, (n): readonly AccountCommand[] => {
        const at = later(n * 400_000)
        if (n === 0) return [{ type: 'register', ...registration, at }]
        return [
          { type: 'requestReset', at },
          { type: 'rehash', passwordHash: sealed(`hash ${n % 10}`), checkedAt: 1e9, at },
          { type: 'revokeSessions', because: 'logged_out_everywhere', at },
        ]
      }),
    )
  })

  test('devices: one after another', () => {
    expectBounded(
      sizes(devices, 2_000, (n): readonly DevicesCommand[] => [
        { type: 'remember', accountId: accountId(1), deviceId: deviceId(n), userAgent: null, at: later(n) },
      ]),
    )
  })
})
