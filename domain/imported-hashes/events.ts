import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'

/** Accounts come with password hashes of this kind: a method and its cost, without salt and digest. Every check of a password takes as long as one of these. */
export const HashKindImported = defineEvent('HashKindImported', 1, { kind: t.string, at: Instant })

export const importedHashesEvents = [HashKindImported] as const

export type ImportedHashesEvent = EventOf<(typeof importedHashesEvents)[number]>
