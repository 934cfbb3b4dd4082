import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'

/** The owner of the account agreed to this version of the text. Purpose and version are the operator's, and not personal. */
export const ConsentGiven = defineEvent('ConsentGiven', 1, { purpose: t.string, version: t.string, at: Instant })

/** `version`: the one that was agreed to. */
export const ConsentWithdrawn = defineEvent('ConsentWithdrawn', 1, { purpose: t.string, version: t.string, at: Instant })

/** The state of the stream, so that reading can start here. */
export const ConsentsSummarized = defineEvent('ConsentsSummarized', 1, {
  consents: t.array(t.strict({ purpose: t.string, isGiven: t.boolean, version: t.string, at: Instant })),
  at: Instant,
})

export const consentEvents = [ConsentGiven, ConsentWithdrawn, ConsentsSummarized] as const

export type ConsentEvent = EventOf<(typeof consentEvents)[number]>
