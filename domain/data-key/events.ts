import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'

/**
 * A person's data key under the master key: base64url(nonce || ciphertext || tag). Its stream holds only the newest one,
 * and goes when the person is erased.
 */
export const DataKeyWrapped = defineEvent('DataKeyWrapped', 1, { person: t.string, wrappedKey: t.string, at: Instant })

export const dataKeyEvents = [DataKeyWrapped] as const

export type DataKeyEvent = EventOf<(typeof dataKeyEvents)[number]>
