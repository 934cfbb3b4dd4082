import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'

/** Only these events grant and withdraw it. */
export const administratorRole = 'admin'

export const SetupCompleted = defineEvent('SetupCompleted', 1, { accountId: AccountId, at: Instant })

/** The first administrator never registered (a crash in between), so the setup token works again. */
export const SetupReopened = defineEvent('SetupReopened', 1, { accountId: AccountId, at: Instant })

export const AdministratorAdded = defineEvent('AdministratorAdded', 1, { accountId: AccountId, at: Instant })
export const AdministratorRemoved = defineEvent('AdministratorRemoved', 1, { accountId: AccountId, at: Instant })

export const administratorsEvents = [SetupCompleted, SetupReopened, AdministratorAdded, AdministratorRemoved] as const

export type AdministratorsEvent = EventOf<(typeof administratorsEvents)[number]>
