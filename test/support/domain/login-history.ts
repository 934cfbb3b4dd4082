import fc from 'fast-check'
import type { AccountId, DeviceId } from '../../../domain/kernel/ids.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import type { LoginPolicy } from '../../../domain/login/challenges.ts'
import { type Command, login } from '../../../domain/login/decider.ts'
import type { LoginEvent } from '../../../domain/login/events.ts'
import { accountId, attemptId, blindIndex, sealed } from './ids.ts'
import { interleave, someTurns, type User } from './interleave.ts'

export const ada = accountId(1)
const administrator = accountId(9)

export const attempt = (n: number, at: Instant, account: AccountId | null = ada, device: DeviceId | null = null): Command => ({
  type: 'attempt',
  attemptId: attemptId(n),
  accountId: account,
  deviceId: device,
  ipAddress: sealed('address'),
  networkIndex: blindIndex(0),
  userAgent: null,
  at,
})

/** `guess` attempts and settles; `echo` settles what another guessed, as a retry would; few are right. */
const move = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('guess' as const), right: fc.nat(5).map((n) => n === 0) }), weight: 16 },
  { arbitrary: fc.record({ type: fc.constant('echo' as const), of: fc.nat(12), right: fc.boolean() }), weight: 3 },
  { arbitrary: fc.record({ type: fc.constant('unlock' as const) }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('recordRefusedAttempts' as const), count: fc.nat(3) }), weight: 1 },
)

const wait = fc.oneof(
  { arbitrary: fc.constant(0), weight: 6 },
  { arbitrary: fc.nat(800), weight: 3 },
  { arbitrary: fc.nat(9000), weight: 1 },
)

const aPolicy: fc.Arbitrary<LoginPolicy> = fc.record({
  challengeLifetime: fc.constant(null),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  lockout: fc.integer({ min: 500, max: 2000 }),
  lockoutMax: fc.integer({ min: 2000, max: 6000 }),
})

export const aHistory = fc.record({
  policy: aPolicy,
  moves: fc.array(move, { minLength: 20, maxLength: 30 }),
  turns: someTurns(29, wait),
})
type History = typeof aHistory extends fc.Arbitrary<infer H> ? H : never

const userOf =
  (account: AccountId | null) =>
  (step: History['moves'][number], n: number): User<Command, LoginEvent> => {
    const settle =
      (id: number, right: boolean) =>
      (at: Instant): Command => {
        return { type: 'settle', attemptId: attemptId(id), matched: right ? account : null, at }
      }
    switch (step.type) {
      case 'guess':
        return [(at) => attempt(n, at, account), settle(n, step.right)]
      case 'echo':
        return [settle(step.of, step.right)]
      case 'unlock':
        return [(at) => ({ type: 'unlock', by: administrator, at })]
      case 'recordRefusedAttempts':
        return [(at) => ({ type: 'recordRefusedAttempts', count: step.count, from: at, to: at })]
    }
  }

export const playLogin = ({ policy, moves, turns }: History, account: AccountId | null = ada) => {
  const decider = login(policy)
  const state = (log: readonly LoginEvent[]) => log.reduce(decider.evolve, decider.initial)
  return { decider, state, ...interleave(decider, [], moves.map(userOf(account)), turns) }
}
