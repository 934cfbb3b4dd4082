import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import type { TokenHash } from '../../../domain/kernel/ids.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { type Command, session } from '../../../domain/session/decider.ts'
import type { SessionEvent } from '../../../domain/session/events.ts'
import type { SessionPolicy } from '../../../domain/session/session-policy.ts'
import { tokenHash } from './ids.ts'
import { interleave, someTurns, type User } from './interleave.ts'
import { grant } from './sessions.ts'
import { noon } from './time.ts'

/** The new token and refresh token of the user with this number. */
export const tokenOf = (user: number) => tokenHash(user)
export const refreshTokenOf = (user: number) => tokenHash(1000 + user)

/** `of`: whose token or refresh token is presented. Low numbers come first and are likely to be spent already. */
const move = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('refresh' as const), of: fc.nat(6), survives: fc.nat(9).map((n) => n > 0) }), weight: 8 },
  { arbitrary: fc.record({ type: fc.constant('refresh newest' as const) }), weight: 12 },
  { arbitrary: fc.record({ type: fc.constant('elevate newest' as const) }), weight: 6 },
  { arbitrary: fc.record({ type: fc.constant('elevate' as const), of: fc.nat(6), survives: fc.boolean() }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('extend' as const) }), weight: 10 },
  { arbitrary: fc.record({ type: fc.constant('grant' as const) }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constant('revoke' as const) }), weight: 1 },
)

const wait = fc.oneof(
  { arbitrary: fc.constant(0), weight: 3 },
  { arbitrary: fc.nat(300), weight: 4 },
  { arbitrary: fc.nat(1500), weight: 1 },
)

const aPolicy: fc.Arbitrary<SessionPolicy> = fc.record({
  idle: fc.integer({ min: 600, max: 3000 }),
  absolute: fc.integer({ min: 2000, max: 12_000 }),
  elevation: fc.integer({ min: 200, max: 4000 }),
  refresh: fc.integer({ min: 500, max: 8000 }),
  refreshGrace: fc.constant(0),
  maxFailures: fc.constant(3),
})

export const aHistory = fc.record({
  policy: aPolicy,
  refreshes: fc.nat(5).map((n) => n > 0),
  moves: fc.array(move, { minLength: 10, maxLength: 25 }),
  turns: someTurns(24, wait),
})
type History = typeof aHistory extends fc.Arbitrary<infer H> ? H : never

/** The newest token, which a client presents next. */
export const newestToken = (log: readonly SessionEvent[]) =>
  log.flatMap((event) => ('tokenHash' in event.data ? [event.data.tokenHash] : [])).at(-1) ?? tokenOf(0)
export const newestRefreshToken = (log: readonly SessionEvent[]) =>
  log.flatMap((event) => ('refreshToken' in event.data && event.data.refreshToken !== null ? [event.data.refreshToken.hash] : [])).at(-1) ??
  refreshTokenOf(0)

/** What the service reads from a refresh token that it made: its number in the session. */
export const counterOf = (log: readonly SessionEvent[], hash: TokenHash) => {
  const made = log.flatMap(({ data }) => ('refreshToken' in data && data.refreshToken !== null ? [data.refreshToken.hash] : []))
  return made.includes(hash) ? made.indexOf(hash) + 1 : null
}

const userOf = (step: History['moves'][number], index: number): User<Command, SessionEvent> => {
  const n = index + 1
  const presenting = (log: readonly SessionEvent[], presented: TokenHash, survives: boolean, at: Instant): Command => {
    return {
      type: 'refresh',
      tokenHash: tokenOf(n),
      refreshHash: refreshTokenOf(n),
      presented,
      counter: counterOf(log, presented),
      survives,
      at,
    }
  }
  const elevate = { type: 'elevate' as const, tokenHash: tokenOf(n), factor: 'pwd' as const }
  switch (step.type) {
    case 'refresh':
      return [(at, log) => presenting(log, refreshTokenOf(step.of), step.survives, at)]
    case 'refresh newest':
      return [(at, log) => presenting(log, newestRefreshToken(log), true, at)]
    case 'elevate':
      return [(at) => ({ ...elevate, presented: tokenOf(step.of), survives: step.survives, at })]
    case 'elevate newest':
      return [(at, log) => ({ ...elevate, presented: newestToken(log), survives: true, at })]
    case 'extend':
      return [(at) => ({ type: 'extend', at })]
    case 'grant':
      return [(at) => grant(tokenOf(n), refreshTokenOf(n), at)]
    case 'revoke':
      return [(at) => ({ type: 'revoke', because: 'logged_out', at })]
  }
}

export const playSession = ({ policy, refreshes, moves, turns }: History) => {
  const decider = session(policy)
  const state = (log: readonly SessionEvent[]) => log.reduce(decider.evolve, decider.initial)
  const granted = decider.decide(grant(tokenOf(0), refreshes ? refreshTokenOf(0) : null, noon), decider.initial)
  return { decider, state, ...interleave(decider, isRight(granted) ? granted.right : [], moves.map(userOf), turns) }
}
