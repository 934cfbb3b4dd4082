import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'

/** One owner per address, on any store. */
export const EmailClaimed = defineEvent('EmailClaimed', 1, { accountId: AccountId, at: Instant })

export const EmailReleased = defineEvent('EmailReleased', 1, {
  accountId: AccountId,
  because: t.keyof({ account_erased: null, registration_abandoned: null, setup_already_done: null }),
  at: Instant,
})

export const emailClaimEvents = [EmailClaimed, EmailReleased] as const

export type EmailClaimEvent = EventOf<(typeof emailClaimEvents)[number]>
export type ReleaseReason = EventOf<typeof EmailReleased>['data']['because']
