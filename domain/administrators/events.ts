import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'

/** The setup token was spent on this account, the first administrator. */
export const SetupCompleted = defineEvent('SetupCompleted', 1, { accountId: AccountId, at: Instant })

/** The first administrator was never registered (a crash in between): the setup token works again. */
export const SetupReopened = defineEvent('SetupReopened', 1, { accountId: AccountId, at: Instant })

export const AdministratorJoined = defineEvent('AdministratorJoined', 1, { accountId: AccountId, at: Instant })
export const AdministratorLeft = defineEvent('AdministratorLeft', 1, { accountId: AccountId, at: Instant })

export const rosterEvents = [SetupCompleted, SetupReopened, AdministratorJoined, AdministratorLeft] as const

export type RosterEvent = EventOf<(typeof rosterEvents)[number]>
