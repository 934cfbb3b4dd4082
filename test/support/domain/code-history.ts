import fc from 'fast-check'
import type { Instant } from '../../../domain/kernel/instant.ts'
import type { LockoutPolicy } from '../../../domain/kernel/lockout-policy.ts'
import { type Command, type Found, type State, secondFactor } from '../../../domain/second-factor/decider.ts'
import type { CodePurpose, RecoveryCodeSet, SecondFactorEvent, TotpSecret } from '../../../domain/second-factor/events.ts'
import { attemptId } from './ids.ts'
import { interleave, someTurns, type User } from './interleave.ts'
import { active, attempt, enroll, issue, jumpAhead, remove, secret, settle, singleUse, unlock } from './second-factor-examples.ts'
import { noon } from './time.ts'

/** A typed code: of a secret at a time step, a recovery code by its number, or neither. */
export type Code =
  | { readonly type: 'step'; readonly secret: TotpSecret; readonly step: number }
  | { readonly type: 'recovery_code'; readonly set: RecoveryCodeSet; readonly number: number }
  | { readonly type: 'wrong' }

export const size = 8

/** `older`: from the secret or the set before the newest. `ahead`: time steps after that of the moment. */
const typed = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('step' as const), ahead: fc.nat(2), older: fc.nat(7).map((n) => n === 0) }), weight: 5 },
  {
    arbitrary: fc.record({
      type: fc.constant('recovery_code' as const),
      number: fc.integer({ min: 1, max: size }),
      older: fc.nat(5).map((n) => n === 0),
    }),
    weight: 7,
  },
  { arbitrary: fc.record({ type: fc.constant('wrong' as const) }), weight: 6 },
)
type Typed = typeof typed extends fc.Arbitrary<infer T> ? T : never

const purpose = fc.constantFrom<CodePurpose>('login', 'login', 'elevation', 'removal', 'recovery_codes')
const scheme = fc.constantFrom('single-use' as const, 'jump-ahead' as const)

const move = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('code' as const), purpose, typed }), weight: 26 },
  { arbitrary: fc.record({ type: fc.constant('enroll' as const), scheme, right: fc.nat(3).map((n) => n > 0) }), weight: 6 },
  { arbitrary: fc.record({ type: fc.constant('confirm' as const), right: fc.boolean() }), weight: 3 },
  { arbitrary: fc.record({ type: fc.constant('issue' as const), scheme }), weight: 2 },
  {
    arbitrary: fc.record({ type: fc.constant('remove' as const), because: fc.constantFrom('disabled_by_owner', 'reset_by_admin') }),
    weight: 1,
  },
  { arbitrary: fc.record({ type: fc.constant('unlock' as const) }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constant('echo' as const), of: fc.nat(12), right: fc.boolean() }), weight: 3 },
)

const wait = fc.oneof(
  { arbitrary: fc.constant(0), weight: 6 },
  { arbitrary: fc.nat(300), weight: 3 },
  { arbitrary: fc.nat(1500), weight: 1 },
)

const aPolicy: fc.Arbitrary<LockoutPolicy> = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 5 }),
  lockout: fc.integer({ min: 200, max: 900 }),
  lockoutMax: fc.constant(2000),
})

export const aHistory = fc.record({
  policy: aPolicy,
  /** The recovery codes of a factor that exists from the start, or null. */
  begins: fc.option(scheme, { freq: 6 }),
  moves: fc.array(move, { minLength: 20, maxLength: 30 }),
  turns: someTurns(29, wait),
})
type History = typeof aHistory extends fc.Arbitrary<infer H> ? H : never

const setOf = (scheme: RecoveryCodeSet['scheme'], n: number) => (scheme === 'single-use' ? singleUse(n, size) : jumpAhead(n, size))

const secretsIn = (log: readonly SecondFactorEvent[]) => log.flatMap(({ data }) => ('secret' in data ? [data.secret] : []))
const setsIn = (log: readonly SecondFactorEvent[]) => log.flatMap(({ data }) => ('recoveryCodes' in data ? [data.recoveryCodes] : []))

const codeOf = (how: Typed, at: Instant, log: readonly SecondFactorEvent[]): Code => {
  if (how.type === 'wrong') return { type: 'wrong' }
  const back = how.older ? -2 : -1
  if (how.type === 'step') {
    const of = secretsIn(log).at(back)
    return of === undefined ? { type: 'wrong' } : { type: 'step', secret: of, step: 100 + Math.floor((at - noon) / 100) + how.ahead }
  }
  const of = setsIn(log).at(back)
  return of === undefined ? { type: 'wrong' } : { type: 'recovery_code', set: of, number: how.number }
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What checking a code against the state finds, as the application does it. */
const check = ({ factor, enrollment }: State, purpose: CodePurpose, code: Code): Found => {
  const kept = purpose === 'confirmation' ? enrollment : factor.type === 'active' ? factor : null
  if (kept === null || code.type === 'wrong') return { type: 'nothing' }
  if (code.type === 'step') return same(code.secret, kept.secret) ? { type: 'step', step: code.step } : { type: 'nothing' }
  return same(code.set, kept.recovery.set) ? { type: 'recovery_code', number: code.number } : { type: 'nothing' }
}

/** Plays the moves; `codes` are those that were typed, by attempt. A code is checked against what was in force when it was counted. */
export const playCodes = ({ policy, begins, moves, turns }: History) => {
  const decider = secondFactor(policy)
  const state = (log: readonly SecondFactorEvent[]) => log.reduce(decider.evolve, decider.initial)
  const codes = new Map<string, { readonly purpose: CodePurpose; readonly code: Code }>()

  const settling = (n: number, right: boolean) => (at: Instant, log: readonly SecondFactorEvent[]) => {
    const counted = log.findIndex((event) => event.type === 'CodeAttempted' && event.data.attemptId === attemptId(n))
    const given = codes.get(attemptId(n))
    const found = right && given ? check(state(log.slice(0, counted + 1)), given.purpose, given.code) : ({ type: 'nothing' } as const)
    return settle(n, found, at - noon)
  }
  const giving = (n: number, purpose: CodePurpose, how: Typed): User<Command, SecondFactorEvent> => [
    (at, log) => {
      codes.set(attemptId(n), { purpose, code: codeOf(how, at, log) })
      return attempt(n, purpose, at - noon)
    },
    settling(n, true),
  ]
  const userOf = (step: History['moves'][number], index: number): User<Command, SecondFactorEvent> => {
    const n = index + 100
    const confirming = (right: boolean) =>
      giving(n, 'confirmation', right ? { type: 'step', ahead: 1, older: false } : { type: 'recovery_code', number: 1, older: false })
    switch (step.type) {
      case 'code':
        return giving(n, step.purpose, step.typed)
      case 'enroll':
        return [(at) => enroll(setOf(step.scheme, n), n, at - noon), ...confirming(step.right)]
      case 'confirm':
        return confirming(step.right)
      case 'issue':
        return [(at) => issue(setOf(step.scheme, n), at - noon)]
      case 'remove':
        return [(at) => remove(step.because, at - noon)]
      case 'unlock':
        return [(at) => unlock(at - noon)]
      case 'echo':
        return [settling(step.of + 100, step.right)]
    }
  }
  const before = begins === null ? [] : active(setOf(begins, 1))
  codes.set(attemptId(1), { purpose: 'confirmation', code: { type: 'step', secret: secret(1), step: 100 } })
  return { decider, state, codes, ...interleave(decider, before, moves.map(userOf), turns) }
}
