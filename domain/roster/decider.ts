import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { AdministratorJoined, AdministratorLeft, type RosterEvent } from './events.ts'

/** The role whose last holder cannot lose it. */
export const administratorRole = 'admin'

export type State = ReadonlySet<AccountId>

export type Command = { do: 'join'; accountId: AccountId; at: Instant } | { do: 'leave'; accountId: AccountId; at: Instant }

export type Refusal = 'last_administrator'

export const roster: Decider<State, Command, RosterEvent, Refusal> = {
  initial: new Set(),

  evolve: (members, event) => {
    switch (event.type) {
      case 'AdministratorJoined':
        return new Set([...members, event.data.accountId])
      case 'AdministratorLeft':
        return new Set([...members].filter((member) => member !== event.data.accountId))
    }
  },

  decide: (command, members) => {
    const { accountId, at } = command
    const member = members.has(accountId)
    switch (command.do) {
      case 'join':
        return right(member ? [] : [AdministratorJoined({ accountId, at })])
      case 'leave':
        if (!member) return right([])
        return members.size === 1 ? left('last_administrator') : right([AdministratorLeft({ accountId, at })])
    }
  },
}
