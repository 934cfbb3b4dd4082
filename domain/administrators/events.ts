import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'

/** The role that only these events give and take. */
export const administratorRole = 'admin'

/** The setup token was spent on this account, the first administrator. */
export const SetupCompleted = defineEvent('SetupCompleted', 1, { accountId: AccountId, at: Instant })

/** The first administrator was never registered (a crash in between): the setup token works again. */
export const SetupReopened = defineEvent('SetupReopened', 1, { accountId: AccountId, at: Instant })

export const AdministratorAdded = defineEvent('AdministratorAdded', 1, { accountId: AccountId, at: Instant })
export const AdministratorRemoved = defineEvent('AdministratorRemoved', 1, { accountId: AccountId, at: Instant })

export const administratorsEvents = [SetupCompleted, SetupReopened, AdministratorAdded, AdministratorRemoved] as const

export type AdministratorsEvent = EventOf<(typeof administratorsEvents)[number]>
