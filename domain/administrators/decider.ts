import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { AdministratorAdded, AdministratorRemoved, type AdministratorsEvent, SetupCompleted, SetupReopened } from './events.ts'

/** `first` completed the setup. */
export type State = { type: 'not_set_up' } | { type: 'set_up'; first: AccountId; since: Instant; members: ReadonlySet<AccountId> }

/** `able`: those who could act when it was checked, for somebody who is invited has no password yet. */
export type Command =
  | { type: 'completeSetup'; accountId: AccountId; at: Instant }
  | { type: 'reopenSetup'; accountId: AccountId; at: Instant }
  | { type: 'add'; accountId: AccountId; at: Instant }
  | { type: 'remove'; accountId: AccountId; able: ReadonlySet<AccountId>; at: Instant }

export type Refusal = { type: 'setup_done' } | { type: 'not_set_up' } | { type: 'last_administrator' }

/** One stream, so that there is one first administrator and the last one cannot leave, however many requests run in parallel. */
export const administrators: Decider<State, Command, AdministratorsEvent, Refusal> = {
  initial: { type: 'not_set_up' },

  evolve: (state, event) => {
    const { accountId, at } = event.data
    if (event.type === 'SetupCompleted') return { type: 'set_up', first: accountId, since: at, members: new Set([accountId]) }
    if (state.type === 'not_set_up') return state
    switch (event.type) {
      case 'SetupReopened':
        return { type: 'not_set_up' }
      case 'AdministratorAdded':
        return { ...state, members: new Set([...state.members, accountId]) }
      case 'AdministratorRemoved':
        return { ...state, members: new Set([...state.members].filter((member) => member !== accountId)) }
    }
  },

  decide: (command, state) => {
    const { accountId, at } = command
    if (command.type === 'completeSetup') {
      if (state.type === 'set_up') return state.first === accountId ? right([]) : left({ type: 'setup_done' })
      return right([SetupCompleted({ accountId, at })])
    }
    if (state.type === 'not_set_up') return command.type === 'add' ? left({ type: 'not_set_up' }) : right([])
    const { first, members } = state
    switch (command.type) {
      case 'reopenSetup':
        return right(first === accountId && members.size === 1 && members.has(first) ? [SetupReopened({ accountId, at })] : [])
      case 'add':
        return right(members.has(accountId) ? [] : [AdministratorAdded({ accountId, at })])
      case 'remove':
        if (!members.has(accountId)) return right([])
        return [...members].some((member) => member !== accountId && command.able.has(member))
          ? right([AdministratorRemoved({ accountId, at })])
          : left({ type: 'last_administrator' })
    }
  },
}
