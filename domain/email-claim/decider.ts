import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type EmailClaimEvent, EmailClaimed, EmailReleased, type ReleaseReason } from './events.ts'

export type State = { is: 'free' } | { is: 'claimed'; by: AccountId; at: Instant }

export type Command =
  | { do: 'claim'; accountId: AccountId; at: Instant }
  | { do: 'release'; accountId: AccountId; because: ReleaseReason; at: Instant }

export type Refusal = 'email_taken'

export const emailClaim: Decider<State, Command, EmailClaimEvent, Refusal> = {
  initial: { is: 'free' },

  evolve: (_, event) => {
    switch (event.type) {
      case 'EmailClaimed':
        return { is: 'claimed', by: event.data.accountId, at: event.data.at }
      case 'EmailReleased':
        return { is: 'free' }
    }
  },

  decide: (command, state) => {
    const { accountId, at } = command
    const own = state.is === 'claimed' && state.by === accountId
    switch (command.do) {
      case 'claim':
        if (own) return right([])
        return state.is === 'free' ? right([EmailClaimed({ accountId, at })]) : left('email_taken')
      case 'release':
        return right(own ? [EmailReleased({ accountId, because: command.because, at })] : [])
    }
  },
}
