import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'

/** Who administers, on one stream, so that the last one cannot leave however many leave at once. */
export const AdministratorJoined = defineEvent('AdministratorJoined', 1, { accountId: AccountId, at: Instant })
export const AdministratorLeft = defineEvent('AdministratorLeft', 1, { accountId: AccountId, at: Instant })

export const rosterEvents = [AdministratorJoined, AdministratorLeft] as const

export type RosterEvent = EventOf<(typeof rosterEvents)[number]>
