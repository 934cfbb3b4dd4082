import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { SetupCompleted, type SetupEvent, SetupReopened } from './events.ts'

export type State = { is: 'open' } | { is: 'done'; by: AccountId; at: Instant }

export type Command =
  | { do: 'complete'; accountId: AccountId; at: Instant }
  | { do: 'reopen'; accountId: AccountId; at: Instant }

export type Refusal = 'setup_done'

export const setup: Decider<State, Command, SetupEvent, Refusal> = {
  initial: { is: 'open' },

  evolve: (_, event) => {
    switch (event.type) {
      case 'SetupCompleted':
        return { is: 'done', by: event.data.accountId, at: event.data.at }
      case 'SetupReopened':
        return { is: 'open' }
    }
  },

  decide: (command, state) => {
    const { accountId, at } = command
    const own = state.is === 'done' && state.by === accountId
    switch (command.do) {
      case 'complete':
        if (own) return right([])
        return state.is === 'open' ? right([SetupCompleted({ accountId, at })]) : left('setup_done')
      case 'reopen':
        return right(own ? [SetupReopened({ at })] : [])
    }
  },
}
