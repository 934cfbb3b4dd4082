import fc from 'fast-check'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { account } from '../../../domain/account/decider.ts'
import { accountEvents } from '../../../domain/account/events.ts'
import { administrators } from '../../../domain/administrators/decider.ts'
import { administratorsEvents } from '../../../domain/administrators/events.ts'
import { emailClaim } from '../../../domain/email-claim/decider.ts'
import { emailClaimEvents } from '../../../domain/email-claim/events.ts'
import type { Decider } from '../../../domain/kernel/decider.ts'
import { login } from '../../../domain/login/decider.ts'
import { loginEvents } from '../../../domain/login/events.ts'
import { secondFactor } from '../../../domain/second-factor/decider.ts'
import { secondFactorEvents } from '../../../domain/second-factor/events.ts'
import { session } from '../../../domain/session/decider.ts'
import { sessionEvents } from '../../../domain/session/events.ts'
import { anyEventOf } from '../../support/domain/any-event.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { accountId, sealed } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'

const [ada, bob] = [accountId(1), accountId(2)] as const
const at = later(500_000_000)

/** Gives each command twice, in any state that events and commands lead to. Commands that are refused the first time are ignored. */
const addNothingTheSecondTime = <State, Command extends { type: string }, Event>(
  { decide, evolve, initial }: Decider<State, Command, Event, unknown>,
  kinds: readonly { readonly codec: t.Any }[],
  commands: readonly Command[],
) => {
  const cases = caseCounter()
  const any = (of: typeof kinds) => anyEventOf(of) as fc.Arbitrary<Event>
  const past = fc.tuple(fc.array(any(kinds.slice(0, 1)), { maxLength: 1 }), fc.array(any(kinds), { maxLength: 6 }))
  const before = fc.array(fc.constantFrom(...commands), { maxLength: 3 })
  fc.assert(
    fc.property(past, before, fc.constantFrom(...commands), (events, before, command) => {
      const ask = (state: State, asked: Command) => {
        const decision = decide(asked, state)
        return isLeft(decision) ? { state, events: null } : { state: decision.right.reduce(evolve, state), events: decision.right }
      }
      const state = before.reduce((state, asked) => ask(state, asked).state, events.flat().reduce(evolve, initial))
      const first = ask(state, command)
      if (first.events === null) return
      expect(decide(command, first.state)).toEqual(right([]))
      if (first.events.length > 0) cases.count(command.type)
    }),
    { numRuns: 800 * commands.length },
  )
  cases.expectAtLeast(3, ...commands.map((command) => command.type))
}

describe('asked twice, these add nothing the second time', () => {
  test('account: abandon, re-hash, roles, claims, an offer to reset, disable, enable, erase', () =>
    // A summary with an impossible revision leads to states that no account can be in.
    addNothingTheSecondTime(account, accountEvents.slice(0, -1), [
      { type: 'abandon', at },
      { type: 'rehash', passwordHash: sealed('hash'), checkedAt: 0, at },
      { type: 'grantRole', role: 'publisher', at },
      { type: 'withdrawRole', role: 'publisher', at },
      { type: 'assertClaim', name: 'publisher', value: true, at },
      { type: 'retractClaim', name: 'publisher', at },
      { type: 'requestReset', at },
      { type: 'disable', at },
      { type: 'enable', at },
      { type: 'erase', because: 'requested_by_owner', by: null, at },
    ]))

  test('e-mail claim: claim, reserve, release', () =>
    addNothingTheSecondTime(emailClaim, emailClaimEvents, [
      { type: 'claim', accountId: ada, releases: null, at },
      { type: 'reserve', accountId: ada, email: sealed('email'), emailVerified: true, linksRevision: 3, at },
      { type: 'releaseReplaced', accountId: ada, linksRevision: 4, at },
      { type: 'release', accountId: ada, because: 'account_erased', at },
    ]))

  test('login: unlock', () =>
    addNothingTheSecondTime(login({ maxAttempts: 3, lockout: 1000, lockoutMax: 8000, challengeLifetime: null }), loginEvents, [
      { type: 'unlock', by: ada, at },
    ]))

  test('administrators: complete and reopen the setup, join, leave', () =>
    addNothingTheSecondTime(administrators, administratorsEvents, [
      { type: 'completeSetup', accountId: ada, at },
      { type: 'reopenSetup', accountId: ada, at },
      { type: 'add', accountId: ada, at },
      { type: 'add', accountId: bob, at },
      { type: 'remove', accountId: ada, able: new Set([bob]), at },
    ]))

  test('second factor: remove', () =>
    addNothingTheSecondTime(secondFactor({ maxAttempts: 3, lockout: 1000, lockoutMax: 8000 }), secondFactorEvents, [
      { type: 'remove', because: 'disabled_by_owner', at },
    ]))

  test('session: extend, revoke', () =>
    addNothingTheSecondTime(
      session({ idle: 60_000, absolute: 9_000_000_000, elevation: 5, refresh: 50, refreshGrace: 10, maxFailures: 5 }),
      sessionEvents,
      [...Array.from({ length: 5 }, () => ({ type: 'extend' as const, at })), { type: 'revoke', because: 'logged_out', at }],
    ))
})
