import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'

/** Under the master key: base64url(nonce || ciphertext || tag). Only the newest event is kept, and the stream is deleted at erasure. */
export const DataKeyWrapped = defineEvent('DataKeyWrapped', 1, { person: t.string, wrappedKey: t.string, at: Instant })

export const dataKeyEvents = [DataKeyWrapped] as const

export type DataKeyEvent = EventOf<(typeof dataKeyEvents)[number]>
