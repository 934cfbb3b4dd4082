import fc from 'fast-check'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { type Command, login } from '../../../domain/login/decider.ts'
import { ChallengeIssued, type LoginEvent } from '../../../domain/login/events.ts'
import { accountId, attemptId, tokenHash } from './ids.ts'
import { interleave, someTurns, type User } from './interleave.ts'
import { attempt } from './login-history.ts'
import { noon } from './time.ts'

/** `of`: which challenge is answered, counted back from the newest; several may answer the same. */
const move = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('logIn' as const), right: fc.nat(7).map((n) => n > 0) }), weight: 16 },
  { arbitrary: fc.record({ type: fc.constant('guess' as const) }), weight: 8 },
  { arbitrary: fc.record({ type: fc.constant('answer' as const), of: fc.nat(3), isVoid: fc.nat(4).map((n) => n === 0) }), weight: 9 },
  { arbitrary: fc.record({ type: fc.constant('answerAnOld' as const), of: fc.nat(30) }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('unlock' as const) }), weight: 1 },
)

const wait = fc.oneof({ arbitrary: fc.constant(0), weight: 6 }, { arbitrary: fc.nat(900), weight: 3 })

export const aHistory = fc.record({
  /** The number of challenges that are open from the start. */
  open: fc.oneof(fc.nat(10), fc.integer({ min: 8, max: 10 })),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  moves: fc.array(move, { minLength: 25, maxLength: 40 }),
  turns: someTurns(39, wait),
})
type History = typeof aHistory extends fc.Arbitrary<infer H> ? H : never

export const challengeOf = (n: number) => ({
  challengeHash: tokenHash(n),
  accountId: accountId(1),
  accountRevision: n,
  secondFactorRevision: n - 1,
  codeLocks: 0,
  purpose: n % 2 === 0 ? ('verify' as const) : ('enroll' as const),
  key: null,
})
const answer = (challengeHash: ReturnType<typeof tokenHash>, isVoid: boolean, at: Instant): Command => {
  return { type: 'answer', challengeHash, void: isVoid ? 'credentials_changed' : null, at }
}

const issuedIn = (log: readonly LoginEvent[]) =>
  log.flatMap((event) => (event.type === 'ChallengeIssued' ? [event.data.challengeHash] : []))

const userOf = (step: History['moves'][number], n: number): User<Command, LoginEvent> => {
  const counting = (at: Instant) => attempt(n, at)
  const settling =
    (matched: boolean) =>
    (at: Instant): Command => ({ type: 'settle', attemptId: attemptId(n), matched: matched ? accountId(1) : null, at })
  /** A challenge is issued only after the password was accepted. */
  const beingChallenged = (at: Instant, log: readonly LoginEvent[]): Command => {
    const accepted = log.some((event) => event.type === 'PasswordAccepted' && event.data.attemptId === attemptId(n))
    return accepted ? { type: 'challenge', ...challengeOf(n), at } : attempt(n + 500, at)
  }
  switch (step.type) {
    case 'logIn':
      return step.right ? [counting, settling(true), beingChallenged] : [counting, settling(false)]
    case 'guess':
      return [counting, settling(false)]
    case 'answer':
      return [(at, log) => answer(issuedIn(log).at(-1 - step.of) ?? tokenHash(999), step.isVoid, at)]
    case 'answerAnOld':
      return [(at) => answer(tokenHash(step.of), false, at)]
    case 'unlock':
      return [(at) => ({ type: 'unlock', by: accountId(9), at })]
  }
}

export const playChallenges = ({ maxAttempts, open, moves, turns }: History) => {
  const decider = login({ maxAttempts, lockout: 500, lockoutMax: 2000, challengeLifetime: null })
  const state = (log: readonly LoginEvent[]) => log.reduce(decider.evolve, decider.initial)
  const before = Array.from({ length: open }, (_, n) => ChallengeIssued({ ...challengeOf(n + 100), at: noon }))
  return { decider, state, ...interleave(decider, before, moves.map(userOf), turns) }
}

const isGone = (log: readonly LoginEvent[], hash: string) =>
  log.some((event) => (event.type === 'ChallengeAnswered' || event.type === 'ChallengeVoided') && event.data.challengeHash === hash)

/** Whether ten newer challenges were open at once, so that this one was dropped. */
const isDropped = (log: readonly LoginEvent[], hash: string) => {
  const after = log.slice(log.findIndex((event) => event.type === 'ChallengeIssued' && event.data.challengeHash === hash) + 1)
  return after.some((_, end) => {
    const then = after.slice(0, end + 1)
    return issuedIn(then).filter((newer) => !isGone(then, newer)).length >= 10
  })
}

/** The open challenges, oldest first, taken from the events without folding. */
export const openIn = (log: readonly LoginEvent[]) => {
  return issuedIn(log).filter((hash) => !isGone(log, hash) && !isDropped(log, hash))
}
