import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { access } from '../../../domain/access/decider.ts'
import { account } from '../../../domain/account/decider.ts'
import { consent } from '../../../domain/consent/decider.ts'
import { devices } from '../../../domain/devices/decider.ts'
import { emailClaim } from '../../../domain/email-claim/decider.ts'
import { identity } from '../../../domain/identity/decider.ts'
import type { Decider } from '../../../domain/kernel/decider.ts'
import { login } from '../../../domain/login/decider.ts'
import { secondFactor } from '../../../domain/second-factor/decider.ts'
import { session } from '../../../domain/session/decider.ts'
import { lockout, longStreams, sessionPolicy } from '../../support/domain/long-streams.ts'

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

describe('the state of a stream does not grow with what is done to it', () => {
  const expectBounded = ({ early, late }: ReturnType<typeof sizes>) => expect(late).toBeLessThan(early * 1.5 + 200)

  test('session', () => expectBounded(sizes(session(sessionPolicy), 2_000, longStreams.session)))
  test('session, for access tokens', () => expectBounded(sizes(session(sessionPolicy), 10_000, longStreams.accessTokens)))
  test('access', () => expectBounded(sizes(access, 2_000, longStreams.access)))
  test('login', () => expectBounded(sizes(login({ ...lockout, challengeLifetime: null }), 2_000, longStreams.login)))
  test('second factor', () => expectBounded(sizes(secondFactor(lockout), 2_000, longStreams.secondFactor)))
  test('account', () => expectBounded(sizes(account, 2_000, longStreams.account)))
  test('consent', () => expectBounded(sizes(consent, 2_000, longStreams.consent)))
  test('devices', () => expectBounded(sizes(devices, 2_000, longStreams.devices)))
  test('identity', () => expectBounded(sizes(identity({ rotation: 1000 }), 2_000, longStreams.identity)))
  test('email claim', () => expectBounded(sizes(emailClaim, 2_000, longStreams.emailClaim)))
})
