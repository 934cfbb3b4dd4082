import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { type EmailClaimEvent, EmailClaimed, EmailClaimSummarized, EmailReleased, EmailReserved, type ReleaseReason } from './events.ts'

/** For a change of the claimant's address. A later one has a higher `linksRevision`. */
export type Reservation = { readonly email: Sealed; readonly emailVerified: boolean; readonly linksRevision: number }

/** `releases`: how often the address was released before. */
export type State =
  | { type: 'free'; releases: number }
  | { type: 'claimed'; by: AccountId; at: Instant; reservation: Reservation | null; releases: number }

/**
 * `releases`: a claim only counts if the address was not released since; `null` for a claim at any time.
 * `releaseReplaced`: the claimant had another address at `linksRevision`. A reservation that was made since stays.
 */
export type Command =
  | { type: 'claim'; accountId: AccountId; releases: number | null; at: Instant }
  | ({ type: 'reserve'; accountId: AccountId; at: Instant } & Reservation)
  | { type: 'release'; accountId: AccountId; because: ReleaseReason; at: Instant }
  | { type: 'releaseReplaced'; accountId: AccountId; linksRevision: number; at: Instant }

export type Refusal = { type: 'email_taken' } | { type: 'claim_outdated' }

const isBefore = (reservation: Reservation | null, linksRevision: number) =>
  reservation === null || reservation.linksRevision < linksRevision

const summarize = (state: State, { data: { at } }: EmailClaimEvent) => {
  const claim = state.type === 'free' ? null : { accountId: state.by, claimedAt: state.at, reservation: state.reservation }
  return EmailClaimSummarized({ claim, releases: state.releases, at })
}

const fromSummary = ({ claim, releases }: ReturnType<typeof EmailClaimSummarized>['data']): State => {
  if (claim === null) return { type: 'free', releases }
  const { accountId: by, claimedAt: at, reservation } = claim
  return { type: 'claimed', by, at, reservation, releases }
}

export const emailClaim: Decider<State, Command, EmailClaimEvent, Refusal> = {
  initial: { type: 'free', releases: 0 },

  evolve: ({ releases }, event) => {
    switch (event.type) {
      case 'EmailClaimed':
        return { type: 'claimed', by: event.data.accountId, at: event.data.at, reservation: null, releases }
      case 'EmailReserved': {
        const { accountId: by, at, ...reservation } = event.data
        return { type: 'claimed', by, at, reservation, releases }
      }
      case 'EmailReleased':
        return { type: 'free', releases: releases + 1 }
      case 'EmailClaimSummarized':
        return fromSummary(event.data)
    }
  },

  summary: { type: EmailClaimSummarized.type, of: summarize },

  decide: (command, state) => {
    const { accountId, at } = command
    const own = state.type === 'claimed' && state.by === accountId ? state : null
    switch (command.type) {
      case 'claim':
        if (own !== null) return right([])
        if (command.releases !== null && command.releases !== state.releases) return left({ type: 'claim_outdated' })
        return state.type === 'free' ? right([EmailClaimed({ accountId, at })]) : left({ type: 'email_taken' })
      case 'reserve': {
        const { email, emailVerified, linksRevision } = command
        if (state.type === 'claimed' && own === null) return left({ type: 'email_taken' })
        return right(
          own === null || isBefore(own.reservation, linksRevision)
            ? [EmailReserved({ accountId, email, emailVerified, linksRevision, at })]
            : [],
        )
      }
      case 'release':
        return right(own === null ? [] : [EmailReleased({ accountId, because: command.because, at })])
      case 'releaseReplaced': {
        const goes = own !== null && isBefore(own.reservation, command.linksRevision)
        return right(goes ? [EmailReleased({ accountId, because: 'email_replaced', at })] : [])
      }
    }
  },
}
