import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sha256 } from '../../../domain/kernel/ids.ts'
import { eventReader } from '../../../domain/kernel/reader.ts'
import { type Command, login } from '../../../domain/login/decider.ts'
import { erasePayload } from '../../../domain/login/erase-payload.ts'
import { type LoginEvent, loginEvents, timeOf } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { challengeOf, aHistory as ofChallenges, playChallenges } from '../../support/domain/challenge-history.ts'
import { attemptId, deviceId, tokenHash } from '../../support/domain/ids.ts'
import { ada, attempt, aHistory as ofAttempts, playLogin } from '../../support/domain/login-history.ts'
import { later } from '../../support/domain/time.ts'

const { encode, decode } = eventReader(loginEvents)

/** As it is read from the log. */
const read = (event: LoginEvent): LoginEvent => {
  const decoded = decode(JSON.parse(JSON.stringify(encode(event))))
  if (decoded._tag !== 'Right') throw new Error('an event that cannot be read')
  return decoded.right
}
const erased = (event: LoginEvent) => read(erasePayload(event, event, 'ab'.repeat(32) as Sha256))

const histories = fc.oneof(
  ofAttempts.map((history) => playLogin(history)),
  ofAttempts.map((history) => playLogin(history, null)),
  ofChallenges.map((history) => playChallenges(history)),
)

const commandsAt = (n: number, ms: number): readonly Command[] => {
  const at = later(ms)
  return [
    attempt(1_000 + n, at, null),
    attempt(2_000 + n, at, ada, deviceId(n % 3)),
    { type: 'settle', attemptId: attemptId(n), matched: null, at },
    { type: 'settle', attemptId: attemptId(n), matched: ada, at },
    { type: 'unlock', by: ada, at },
    { type: 'challenge', ...challengeOf(n), at },
    { type: 'answer', challengeHash: tokenHash(n), void: null, at },
    { type: 'summarize', at },
    { type: 'recordRefusedAttempts', count: n % 2, from: at, to: at },
  ]
}

test('every command on a stream whose payloads are erased is decided as on the untouched one', () => {
  const cases = caseCounter()
  const when = fc.oneof(fc.nat(60_000), fc.integer({ min: 31 * 86_400_000, max: 62 * 86_400_000 }))
  fc.assert(
    fc.property(
      histories,
      fc.nat(60),
      fc.nat(60),
      fc.array(fc.tuple(fc.nat(30), when), { minLength: 3, maxLength: 8 }),
      (played, cut, due, asked) => {
        const { decider, log } = played
        const past = log.slice(0, cut)
        const last = past.at(-1)
        if (last === undefined) return
        const summarized = decider.decide({ type: 'summarize', at: timeOf(last) }, past.reduce(decider.evolve, decider.initial))
        if (summarized._tag === 'Left') throw new Error('a summary was refused')
        const rest = log.slice(cut)
        const kept = [...past.slice(0, due).map(erased), ...past.slice(due), ...summarized.right.map(read), ...rest]
        const untouched = log.reduce(decider.evolve, decider.initial)
        const emptied = kept.reduce(decider.evolve, decider.initial)
        expect(emptied).toEqual(untouched)
        for (const command of asked.flatMap(([n, ms]) => commandsAt(n, ms))) {
          const decision = decider.decide(command, untouched)
          expect(decider.decide(command, emptied)).toEqual(decision)
          cases.count(`${command.type} ${decision._tag === 'Left' ? decision.left.type : decision.right.map(({ type }) => type).join(' ')}`)
        }
      },
    ),
    { numRuns: 400 },
  )
  cases.expectAtLeast(5, 'attempt locked_out', 'attempt LoginAttempted', 'settle PasswordRejected', 'settle PasswordAccepted')
  cases.expectAtLeast(5, 'settle attempt_not_pending', 'unlock LoginUnlocked', 'challenge ChallengeIssued', 'answer ChallengeAnswered')
})

test('an erased event says what it was, whose it was and when, and changes nothing', () => {
  const { evolve, initial } = login({ maxAttempts: 2, lockout: 1, lockoutMax: 1, challengeLifetime: null })
  fc.assert(
    fc.property(histories, ({ log }) => {
      for (const event of log) {
        const { data, ...kind } = erased(event)
        const accountId = 'accountId' in event.data ? event.data.accountId : null
        expect(kind).toEqual({ type: 'LoginPayloadErased', version: 1 })
        expect(data).toEqual({ eventType: event.type, eventVersion: event.version, accountId, sha256: 'ab'.repeat(32), at: timeOf(event) })
        expect(evolve(initial, erased(event))).toEqual(initial)
      }
    }),
    { numRuns: 50 },
  )
})
