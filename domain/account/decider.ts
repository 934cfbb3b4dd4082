import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, BlindIndex } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import {
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  type AccountEvent,
  AccountRegistered,
  ClaimAsserted,
  ClaimRetracted,
  type ClaimValue,
  EverySessionRevoked,
  OtherSessionsRevoked,
  RegistrationAbandoned,
  RoleGranted,
  RoleWithdrawn,
} from './events.ts'
import { decidePassword, type PasswordCommand } from './password.ts'
import { type BoundSession, evolve, initial, type Registered, type State, survives, survivesChecking } from './state.ts'

type Reason<Type extends AccountEvent['type']> = Extract<AccountEvent, { type: Type; data: { because: string } }>['data']['because']

export type Command =
  | { do: 'register'; accountId: AccountId; emailIndex: BlindIndex; email: Sealed; passwordHash: Sealed; at: Instant }
  | { do: 'abandon'; at: Instant }
  | PasswordCommand
  | { do: 'grantRole'; role: string; at: Instant }
  | { do: 'withdrawRole'; role: string; at: Instant }
  | { do: 'assertClaim'; name: string; value: ClaimValue; at: Instant }
  | { do: 'retractClaim'; name: string; at: Instant }
  | { do: 'disable'; at: Instant }
  | { do: 'enable'; at: Instant }
  | { do: 'revokeSessions'; because: Reason<'EverySessionRevoked'>; at: Instant }
  | { do: 'revokeOtherSessions'; because: Reason<'OtherSessionsRevoked'>; keep: BoundSession | { checkedAt: number } | null; at: Instant }
  | { do: 'erase'; because: Reason<'AccountErased'>; at: Instant }

export type Refusal = 'account_exists' | 'no_such_account' | 'password_outdated' | 'session_ended'

const isSession = (keep: BoundSession | { checkedAt: number } | null): keep is BoundSession => keep !== null && 'sessionId' in keep

type Standing = Exclude<Command, { do: 'register' | 'abandon' }>

/** What an account that exists makes of a command; what is so already is no event. */
const decideStanding = (command: Standing, state: Registered) => {
  const { at } = command
  switch (command.do) {
    case 'changePassword':
    case 'rehash':
    case 'resetPassword':
    case 'offerReset':
      return decidePassword(command, state)
    case 'grantRole':
      return right(state.roles.has(command.role) ? [] : [RoleGranted({ role: command.role, at })])
    case 'withdrawRole':
      return right(state.roles.has(command.role) ? [RoleWithdrawn({ role: command.role, at })] : [])
    case 'assertClaim': {
      const { name, value } = command
      return right(state.claims.get(name) === value ? [] : [ClaimAsserted({ name, value, at })])
    }
    case 'retractClaim':
      return right(state.claims.has(command.name) ? [ClaimRetracted({ name: command.name, at })] : [])
    case 'disable':
      return right(state.is === 'active' ? [AccountDisabled({ at })] : [])
    case 'enable':
      return right(state.is === 'disabled' ? [AccountEnabled({ at })] : [])
    case 'revokeSessions':
      return right([EverySessionRevoked({ because: command.because, at })])
    case 'revokeOtherSessions': {
      const { because, keep } = command
      if (keep !== null && !(isSession(keep) ? survives(state, keep) : survivesChecking(state, keep.checkedAt)))
        return left('session_ended' as const)
      return right([OtherSessionsRevoked({ because, keptSession: isSession(keep) ? keep.sessionId : null, at })])
    }
    case 'erase':
      return right([AccountErased({ because: command.because, at })])
  }
}

export const account: Decider<State, Command, AccountEvent, Refusal> = {
  initial,
  evolve,
  decide: (command, state) => {
    switch (command.do) {
      case 'register': {
        const { do: _, ...registration } = command
        return state.is === 'absent' ? right([AccountRegistered(registration)]) : left('account_exists')
      }
      case 'abandon':
        if (state.is === 'absent') return right([RegistrationAbandoned({ at: command.at })])
        return state.is === 'abandoned' ? right([]) : left('account_exists')
      default:
        if (state.is === 'erased' && command.do === 'erase') return right([])
        return state.is === 'active' || state.is === 'disabled' ? decideStanding(command, state) : left('no_such_account')
    }
  },
}
