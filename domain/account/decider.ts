import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { EventOf } from '../kernel/event.ts'
import type { Actor } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { decideEmail, type EmailCommand } from './email.ts'
import {
  AccountCreated,
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  type AccountEvent,
  AccountIntroduced,
  AccountRegistered,
  AccountSummarized,
  AllSessionsRevoked,
  ClaimAsserted,
  ClaimRetracted,
  type ClaimValue,
  OtherSessionsRevoked,
  PasswordChangeRequired,
  ProfileRecorded,
  RegistrationAbandoned,
  RoleGranted,
  RoleWithdrawn,
} from './events.ts'
import { decideIdentity, type IdentityCommand } from './identity.ts'
import { decideInvitation, type InvitationCommand } from './invitation.ts'
import { decidePassword, type PasswordCommand } from './password.ts'
import { type BoundSession, evolveAccount, initialAccount, type Registered, type State, survives, survivesSince } from './state.ts'
import { summarizeAccount } from './summary.ts'

type Reason<Type extends AccountEvent['type']> = Extract<AccountEvent, { type: Type; data: { because: string } }>['data']['because']

type Registration = EventOf<typeof AccountRegistered>['data'] & { profile?: Sealed | null }

type Introduction = EventOf<typeof AccountIntroduced>['data'] & { profile?: Sealed | null }

type Create = Registration & {
  type: 'create'
  by: Actor
  isInvited: boolean
  mustChangePassword?: boolean
  roles: readonly string[]
  claims: readonly { readonly name: string; readonly value: ClaimValue }[]
  isDisabled?: boolean
}

/** `erase` by the owner counts while the owner's session lives. */
export type Command =
  | ({ type: 'register' } & Registration)
  | ({ type: 'introduce' } & Introduction)
  | Create
  | { type: 'abandon'; at: Instant }
  | PasswordCommand
  | InvitationCommand
  | EmailCommand
  | IdentityCommand
  | { type: 'recordProfile'; profile: Sealed; at: Instant }
  | { type: 'grantRole'; role: string; at: Instant }
  | { type: 'withdrawRole'; role: string; at: Instant }
  | { type: 'assertClaim'; name: string; value: ClaimValue; at: Instant }
  | { type: 'retractClaim'; name: string; at: Instant }
  | { type: 'disable'; at: Instant }
  | { type: 'enable'; at: Instant }
  | { type: 'revokeSessions'; because: Reason<'AllSessionsRevoked'>; at: Instant }
  | { type: 'revokeOtherSessions'; because: Reason<'OtherSessionsRevoked'>; keep: BoundSession | { checkedAt: number } | null; at: Instant }
  | { type: 'erase'; because: Reason<'AccountErased'>; by: BoundSession | null; at: Instant }

export type Refusal =
  | { type: 'account_exists' }
  | { type: 'no_such_account' }
  | { type: 'password_outdated' }
  | { type: 'email_change_outdated' }
  | { type: 'session_ended' }
  | { type: 'too_many_identities' }
  | { type: 'no_such_identity' }
  | { type: 'last_credential' }

const isSession = (keep: BoundSession | { checkedAt: number } | null): keep is BoundSession => keep !== null && 'sessionId' in keep

type Standing = Exclude<Command, { type: 'register' | 'introduce' | 'create' | 'abandon' }>

const decideStanding = (command: Standing, state: Registered) => {
  const { at } = command
  switch (command.type) {
    case 'changePassword':
    case 'changeRequiredPassword':
    case 'rehash':
    case 'resetPassword':
    case 'setPassword':
    case 'requestReset':
      return decidePassword(command, state)
    case 'recordInvitation':
    case 'acceptInvitation':
      return decideInvitation(command, state)
    case 'requestEmailChange':
    case 'replaceEmail':
      return decideEmail(command, state)
    case 'linkIdentity':
    case 'unlinkIdentity':
      return decideIdentity(command, state)
    case 'recordProfile':
      return right([ProfileRecorded({ profile: command.profile, at })])
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
      return right(state.type === 'active' ? [AccountDisabled({ at })] : [])
    case 'enable':
      return right(state.type === 'disabled' ? [AccountEnabled({ at })] : [])
    case 'revokeSessions':
      return right([AllSessionsRevoked({ because: command.because, at })])
    case 'revokeOtherSessions': {
      const { because, keep } = command
      if (keep !== null && !(isSession(keep) ? survives(state, keep) : survivesSince(state, keep.checkedAt)))
        return left({ type: 'session_ended' as const })
      return right([OtherSessionsRevoked({ because, keptSessionId: isSession(keep) ? keep.sessionId : null, at })])
    }
    case 'erase':
      if (command.by !== null && !survives(state, command.by)) return left({ type: 'session_ended' as const })
      return right([AccountErased({ because: command.because, at })])
  }
}

const withProfile = (begun: AccountEvent, profile: Sealed | null = null): readonly AccountEvent[] => [
  begun,
  ...(profile === null ? [] : [ProfileRecorded({ profile, at: begun.data.at })]),
]

const registered = ({ profile, ...registration }: Registration) => withProfile(AccountRegistered(registration), profile)

/** In one append, so that no crash leaves an account without some of its roles. */
const created = ({
  type: _,
  by,
  isInvited,
  mustChangePassword = false,
  roles,
  claims,
  isDisabled = false,
  ...registration
}: Create): readonly AccountEvent[] => {
  const { at } = registration
  return [
    ...registered(registration),
    AccountCreated({ by, isInvited, at }),
    ...(mustChangePassword ? [PasswordChangeRequired({ at })] : []),
    ...[...new Set(roles)].map((role) => RoleGranted({ role, at })),
    ...claims.map(({ name, value }) => ClaimAsserted({ name, value, at })),
    ...(isDisabled ? [AccountDisabled({ at })] : []),
  ]
}

export const account: Decider<State, Command, AccountEvent, Refusal> = {
  initial: initialAccount,
  evolve: evolveAccount,
  summary: { type: AccountSummarized.type, of: summarizeAccount },
  decide: (command, state) => {
    switch (command.type) {
      case 'register': {
        const { type: _, ...registration } = command
        return state.type === 'absent' ? right(registered(registration)) : left({ type: 'account_exists' })
      }
      case 'introduce': {
        const { type: _, profile, ...introduction } = command
        return state.type === 'absent' ? right(withProfile(AccountIntroduced(introduction), profile)) : left({ type: 'account_exists' })
      }
      case 'create':
        return state.type === 'absent' ? right(created(command)) : left({ type: 'account_exists' })
      case 'abandon':
        if (state.type === 'absent') return right([RegistrationAbandoned({ at: command.at })])
        return state.type === 'abandoned' ? right([]) : left({ type: 'account_exists' })
      default:
        if (state.type === 'erased' && command.type === 'erase') return right([])
        return state.type === 'active' || state.type === 'disabled' ? decideStanding(command, state) : left({ type: 'no_such_account' })
    }
  },
}
