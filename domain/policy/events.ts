import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'

const lockout = { maxAttempts: t.number, lockout: t.number, lockoutMax: t.number }

/** What decides from here on, until another policy is put in force. Durations in milliseconds; a challenge has no time limit where its lifetime is null. */
export const PolicyPutInForce = defineEvent('PolicyPutInForce', 1, {
  login: t.strict({ ...lockout, challengeLifetime: t.union([t.number, t.null]) }),
  codes: t.strict(lockout),
  session: t.strict({
    idle: t.number,
    absolute: t.number,
    elevation: t.number,
    refresh: t.number,
    refreshGrace: t.number,
    maxFailures: t.number,
  }),
  identity: t.strict({ rotation: t.number }),
  at: Instant,
})

export const policyEvents = [PolicyPutInForce] as const

export type PolicyEvent = EventOf<(typeof policyEvents)[number]>
export type RecordedPolicy = Omit<PolicyEvent['data'], 'at'>
