import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'

/** The setup token was spent on this account, the first administrator. */
export const SetupCompleted = defineEvent('SetupCompleted', 1, { accountId: AccountId, at: Instant })

/** The first administrator was never registered (a crash in between): the token works again. */
export const SetupReopened = defineEvent('SetupReopened', 1, { at: Instant })

export const setupEvents = [SetupCompleted, SetupReopened] as const

export type SetupEvent = EventOf<(typeof setupEvents)[number]>
