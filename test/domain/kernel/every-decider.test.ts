import fc from 'fast-check'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { access } from '../../../domain/access/decider.ts'
import { accessEvents } from '../../../domain/access/events.ts'
import { account } from '../../../domain/account/decider.ts'
import { accountEvents } from '../../../domain/account/events.ts'
import { administrators } from '../../../domain/administrators/decider.ts'
import { administratorsEvents } from '../../../domain/administrators/events.ts'
import { consent } from '../../../domain/consent/decider.ts'
import { consentEvents } from '../../../domain/consent/events.ts'
import { dataKey } from '../../../domain/data-key/decider.ts'
import { dataKeyEvents } from '../../../domain/data-key/events.ts'
import { emailClaim } from '../../../domain/email-claim/decider.ts'
import { emailClaimEvents } from '../../../domain/email-claim/events.ts'
import { identity } from '../../../domain/identity/decider.ts'
import { identityEvents } from '../../../domain/identity/events.ts'
import { importedHashes } from '../../../domain/imported-hashes/decider.ts'
import { importedHashesEvents } from '../../../domain/imported-hashes/events.ts'
import type { Decider } from '../../../domain/kernel/decider.ts'
import { login } from '../../../domain/login/decider.ts'
import { loginEvents } from '../../../domain/login/events.ts'
import { policy } from '../../../domain/policy/decider.ts'
import { policyEvents } from '../../../domain/policy/events.ts'
import { preferences } from '../../../domain/preferences/decider.ts'
import { preferencesEvents } from '../../../domain/preferences/events.ts'
import { refusedGuesses } from '../../../domain/refused-guesses/decider.ts'
import { refusedGuessesEvents } from '../../../domain/refused-guesses/events.ts'
import { restoration } from '../../../domain/restoration/decider.ts'
import { restorationEvents } from '../../../domain/restoration/events.ts'
import { secondFactor } from '../../../domain/second-factor/decider.ts'
import { secondFactorEvents } from '../../../domain/second-factor/events.ts'
import { session } from '../../../domain/session/decider.ts'
import { sessionEvents } from '../../../domain/session/events.ts'
import { signingKeys } from '../../../domain/signing-key/decider.ts'
import { signingKeyEvents } from '../../../domain/signing-key/events.ts'
import { anyEventOf } from '../../support/domain/any-event.ts'

/** `evolve` must accept any order: a reader stops at an event that it cannot decode, never at one that it cannot fold. */
const bearsAnyOrder = <State, Event>(
  { evolve, initial }: Pick<Decider<State, never, Event, unknown>, 'evolve' | 'initial'>,
  kinds: readonly { readonly codec: t.Any }[],
) => {
  const history = fc.array(anyEventOf(kinds) as fc.Arbitrary<Event>, { maxLength: 30 })
  fc.assert(
    fc.property(history, (events) => {
      const once = events.reduce((state, event) => {
        const before = structuredClone(state)
        const after = evolve(state, event)
        expect(state).toEqual(before)
        return after
      }, initial)
      expect(events.reduce(evolve, initial)).toEqual(once)
      expect(once).toBeTypeOf('object')
    }),
  )
}

describe('evolve bears its events in any order, changes no state that it was given, and says the same twice', () => {
  test('access', () => bearsAnyOrder(access, accessEvents))
  test('account', () => bearsAnyOrder(account, accountEvents))
  test('consent', () => bearsAnyOrder(consent, consentEvents))
  test('data key', () => bearsAnyOrder(dataKey, dataKeyEvents))
  test('e-mail claim', () => bearsAnyOrder(emailClaim, emailClaimEvents))
  test('identity', () => bearsAnyOrder(identity({ rotation: 1000 }), identityEvents))
  test('imported hashes', () => bearsAnyOrder(importedHashes, importedHashesEvents))
  test('login', () => bearsAnyOrder(login({ maxAttempts: 3, lockout: 1000, lockoutMax: 8000, challengeLifetime: null }), loginEvents))
  test('administrators', () => bearsAnyOrder(administrators, administratorsEvents))
  test('policy', () => bearsAnyOrder(policy, policyEvents))
  test('preferences', () => bearsAnyOrder(preferences, preferencesEvents))
  test('refused guesses', () => bearsAnyOrder(refusedGuesses, refusedGuessesEvents))
  test('restoration', () => bearsAnyOrder(restoration, restorationEvents))
  test('second factor', () => bearsAnyOrder(secondFactor({ maxAttempts: 3, lockout: 1000, lockoutMax: 8000 }), secondFactorEvents))
  test('session', () =>
    bearsAnyOrder(session({ idle: 10, absolute: 100, elevation: 5, refresh: 50, refreshGrace: 10, maxFailures: 5 }), sessionEvents))
  test('signing keys', () => bearsAnyOrder(signingKeys, signingKeyEvents))
})
