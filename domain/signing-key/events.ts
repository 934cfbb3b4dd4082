import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** `publicKey` is the JWK's `x`, `privateKey` the sealed `d` (RFC 8037), `kid` the thumbprint (RFC 7638). */
export const SigningKeyAdded = defineEvent('SigningKeyAdded', 1, { kid: t.string, publicKey: t.string, privateKey: Sealed, at: Instant })

/** Its signatures verify until the date. */
export const SigningKeyRetired = defineEvent('SigningKeyRetired', 1, { kid: t.string, verifyUntil: Instant, at: Instant })

export const signingKeyEvents = [SigningKeyAdded, SigningKeyRetired] as const

export type SigningKeyEvent = EventOf<(typeof signingKeyEvents)[number]>
