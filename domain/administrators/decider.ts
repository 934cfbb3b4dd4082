import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { AdministratorJoined, AdministratorLeft, type RosterEvent, SetupCompleted, SetupReopened } from './events.ts'

/** The role that this roster alone gives and takes: whoever stands on it has it. */
export const administratorRole = 'admin'

/** `first` is who completed the setup; without it nobody can have joined. */
export type State = { is: 'not_set_up' } | { is: 'set_up'; first: AccountId; since: Instant; members: ReadonlySet<AccountId> }

export type Command =
  | { do: 'complete_setup'; accountId: AccountId; at: Instant }
  | { do: 'reopen_setup'; accountId: AccountId; at: Instant }
  | { do: 'join'; accountId: AccountId; at: Instant }
  | { do: 'leave'; accountId: AccountId; at: Instant }

export type Refusal = 'setup_done' | 'not_set_up' | 'last_administrator'

/** Who administers, on one stream: there is one first administrator, and the last one cannot leave, however many try at once. */
export const roster: Decider<State, Command, RosterEvent, Refusal> = {
  initial: { is: 'not_set_up' },

  evolve: (state, event) => {
    const { accountId, at } = event.data
    if (event.type === 'SetupCompleted') return { is: 'set_up', first: accountId, since: at, members: new Set([accountId]) }
    if (state.is === 'not_set_up') return state
    switch (event.type) {
      case 'SetupReopened':
        return { is: 'not_set_up' }
      case 'AdministratorJoined':
        return { ...state, members: new Set([...state.members, accountId]) }
      case 'AdministratorLeft':
        return { ...state, members: new Set([...state.members].filter((member) => member !== accountId)) }
    }
  },

  decide: (command, state) => {
    const { accountId, at } = command
    if (command.do === 'complete_setup') {
      if (state.is === 'set_up') return state.first === accountId ? right([]) : left('setup_done')
      return right([SetupCompleted({ accountId, at })])
    }
    if (state.is === 'not_set_up') return command.do === 'join' ? left('not_set_up') : right([])
    const { first, members } = state
    switch (command.do) {
      case 'reopen_setup':
        return right(first === accountId && members.size === 1 && members.has(first) ? [SetupReopened({ accountId, at })] : [])
      case 'join':
        return right(members.has(accountId) ? [] : [AdministratorJoined({ accountId, at })])
      case 'leave':
        if (!members.has(accountId)) return right([])
        return members.size === 1 ? left('last_administrator') : right([AdministratorLeft({ accountId, at })])
    }
  },
}
