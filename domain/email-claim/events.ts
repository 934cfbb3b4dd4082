import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** One owner per address, on any store. */
export const EmailClaimed = defineEvent('EmailClaimed', 1, { accountId: AccountId, at: Instant })

/** Claimed by an account that is about to replace its address, with all that completing it takes. `linksRevision`: of the account's links. */
export const EmailReserved = defineEvent('EmailReserved', 2, {
  accountId: AccountId,
  email: Sealed,
  emailVerified: t.boolean,
  linksRevision: t.number,
  at: Instant,
})

export const EmailReleased = defineEvent('EmailReleased', 2, {
  accountId: AccountId,
  because: t.keyof({ account_erased: null, registration_abandoned: null, setup_already_done: null, email_replaced: null }),
  at: Instant,
})

/** The state of the stream, so that reading can start here. `claim`: null while the address is free. */
export const EmailClaimSummarized = defineEvent('EmailClaimSummarized', 2, {
  claim: t.union([
    t.strict({
      accountId: AccountId,
      claimedAt: Instant,
      reservation: t.union([t.strict({ email: Sealed, emailVerified: t.boolean, linksRevision: t.number }), t.null]),
    }),
    t.null,
  ]),
  releases: t.number,
  at: Instant,
})

export const emailClaimEvents = [EmailClaimed, EmailReserved, EmailReleased, EmailClaimSummarized] as const

export type EmailClaimEvent = EventOf<(typeof emailClaimEvents)[number]>
export type ReleaseReason = EventOf<typeof EmailReleased>['data']['because']
