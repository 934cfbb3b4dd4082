import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type EmailClaimEvent, EmailClaimed, EmailReleased, type ReleaseReason } from './events.ts'

export type State = { type: 'free' } | { type: 'claimed'; by: AccountId; at: Instant }

export type Command =
  | { type: 'claim'; accountId: AccountId; at: Instant }
  | { type: 'release'; accountId: AccountId; because: ReleaseReason; at: Instant }

export type Refusal = { type: 'email_taken' }

export const emailClaim: Decider<State, Command, EmailClaimEvent, Refusal> = {
  initial: { type: 'free' },

  evolve: (_, event) => {
    switch (event.type) {
      case 'EmailClaimed':
        return { type: 'claimed', by: event.data.accountId, at: event.data.at }
      case 'EmailReleased':
        return { type: 'free' }
    }
  },

  decide: (command, state) => {
    const { accountId, at } = command
    const own = state.type === 'claimed' && state.by === accountId
    switch (command.type) {
      case 'claim':
        if (own) return right([])
        return state.type === 'free' ? right([EmailClaimed({ accountId, at })]) : left({ type: 'email_taken' })
      case 'release':
        return right(own ? [EmailReleased({ accountId, because: command.because, at })] : [])
    }
  },
}
