import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'

/** Begins a new epoch: what came after the backup is lost, and no session, link or code from before it counts. `backedUpAt`: of its newest event. */
export const LogRestored = defineEvent('LogRestored', 1, { backedUpAt: Instant, accounts: t.number, at: Instant })

export const restorationEvents = [LogRestored] as const

export type RestorationEvent = EventOf<(typeof restorationEvents)[number]>
