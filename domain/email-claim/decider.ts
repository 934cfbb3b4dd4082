import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type EmailClaimEvent, EmailClaimed, EmailReleased, type ReleaseReason } from './events.ts'

/** `releases`: how often the address was released before. */
export type State = { type: 'free'; releases: number } | { type: 'claimed'; by: AccountId; at: Instant; releases: number }

/** `releases`: a claim only counts if the address was not released since; `null` for a claim at any time. */
export type Command =
  | { type: 'claim'; accountId: AccountId; releases: number | null; at: Instant }
  | { type: 'release'; accountId: AccountId; because: ReleaseReason; at: Instant }

export type Refusal = { type: 'email_taken' } | { type: 'claim_outdated' }

export const emailClaim: Decider<State, Command, EmailClaimEvent, Refusal> = {
  initial: { type: 'free', releases: 0 },

  evolve: ({ releases }, event) => {
    switch (event.type) {
      case 'EmailClaimed':
        return { type: 'claimed', by: event.data.accountId, at: event.data.at, releases }
      case 'EmailReleased':
        return { type: 'free', releases: releases + 1 }
    }
  },

  decide: (command, state) => {
    const { accountId, at } = command
    const own = state.type === 'claimed' && state.by === accountId
    switch (command.type) {
      case 'claim':
        if (own) return right([])
        if (command.releases !== null && command.releases !== state.releases) return left({ type: 'claim_outdated' })
        return state.type === 'free' ? right([EmailClaimed({ accountId, at })]) : left({ type: 'email_taken' })
      case 'release':
        return right(own ? [EmailReleased({ accountId, because: command.because, at })] : [])
    }
  },
}
