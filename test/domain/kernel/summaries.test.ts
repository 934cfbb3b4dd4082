import fc from 'fast-check'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { access } from '../../../domain/access/decider.ts'
import { accessEvents } from '../../../domain/access/events.ts'
import { account } from '../../../domain/account/decider.ts'
import { accountEvents } from '../../../domain/account/events.ts'
import { consent } from '../../../domain/consent/decider.ts'
import { consentEvents } from '../../../domain/consent/events.ts'
import { devices } from '../../../domain/devices/decider.ts'
import { devicesEvents } from '../../../domain/devices/events.ts'
import { emailClaim } from '../../../domain/email-claim/decider.ts'
import { emailClaimEvents } from '../../../domain/email-claim/events.ts'
import { identity } from '../../../domain/identity/decider.ts'
import { identityEvents } from '../../../domain/identity/events.ts'
import type { Decider } from '../../../domain/kernel/decider.ts'
import { eventReader, type StoredEvent } from '../../../domain/kernel/reader.ts'
import { secondFactor } from '../../../domain/second-factor/decider.ts'
import { secondFactorEvents } from '../../../domain/second-factor/events.ts'
import { session } from '../../../domain/session/decider.ts'
import { sessionEvents } from '../../../domain/session/events.ts'
import { anyEventOf } from '../../support/domain/any-event.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'

type Kinds = Parameters<typeof eventReader>[0]

/** A summary, as it is read from the log, makes the state that all before it made, whatever it comes upon. */
const standsForThePast = <State, Event extends StoredEvent>(
  { evolve, initial, summary }: Pick<Decider<State, never, Event, unknown>, 'evolve' | 'initial' | 'summary'>,
  kinds: Kinds,
  first: string,
) => {
  const cases = caseCounter()
  const { encode, decode } = eventReader(kinds)
  const any = (of: readonly { readonly codec: t.Any }[]) => anyEventOf(of) as fc.Arbitrary<Event>
  const begin = kinds.filter(({ type }) => type === first)
  const rest = kinds.filter(({ type }) => !type.endsWith('Summarized'))
  fc.assert(
    fc.property(any(begin), fc.array(any(rest), { maxLength: 20 }), any(rest), (opening, events, next) => {
      const past = [opening, ...events]
      const state = past.reduce(evolve, initial)
      const summarized = summary?.of(state, next)
      if (summarized === null || summarized === undefined) return
      const decoded = decode(JSON.parse(JSON.stringify(encode(summarized as never))))
      if (decoded._tag !== 'Right') throw new Error('the summary cannot be read')
      const read = decoded.right as unknown as Event
      expect(read.type).toBe(summary?.type)
      const after = evolve(initial, read)
      expect(evolve(state, read)).toEqual(after)
      const { revision: _, ...before } = state as State & { revision?: number }
      expect(after).toMatchObject(before as object)
      cases.count('a summary')
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(50, 'a summary')
}

describe('a summary event stands for what is before it', () => {
  test('access', () => standsForThePast(access, accessEvents, 'DataRead'))
  test('identity', () => standsForThePast(identity({ rotation: 1000 }), identityEvents, 'IdentityIntroduced'))
  test('account', () => standsForThePast(account, accountEvents, 'AccountRegistered'))
  test('consent', () => standsForThePast(consent, consentEvents, 'ConsentGiven'))
  test('devices', () => standsForThePast(devices, devicesEvents, 'DeviceRemembered'))
  test('email claim', () => standsForThePast(emailClaim, emailClaimEvents, 'EmailClaimed'))
  test('second factor', () =>
    standsForThePast(secondFactor({ maxAttempts: 3, lockout: 1000, lockoutMax: 8000 }), secondFactorEvents, 'TotpEnrollmentStarted'))
  test('session', () =>
    standsForThePast(
      session({ idle: 10, absolute: 100, elevation: 5, refresh: 50, refreshGrace: 10, maxFailures: 5 }),
      sessionEvents,
      'SessionGranted',
    ))
})
