import type { AccountId, BlindIndex, SessionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { type AccountEvent, AccountSummarized, type ClaimValue } from './events.ts'

/** Sessions whose credentials were checked before `revision` are dead, except `kept`. */
type Ended = { readonly revision: number; readonly kept: SessionId | null }

export type Registered = {
  type: 'active' | 'disabled'
  revision: number
  accountId: AccountId
  emailIndex: BlindIndex
  email: Sealed
  /** Somebody opened a link that was mailed to it. */
  emailVerified: boolean
  emailRevision: number
  emailChangeRequestedAt: Instant | null
  passwordHash: Sealed
  /** Of the password, and of its hash. -1 while an invited person has not chosen one. */
  passwordRevision: number
  /** The next login must replace it. */
  passwordChangeRequired: boolean
  hashRevision: number
  roles: ReadonlySet<string>
  claims: ReadonlyMap<string, ClaimValue>
  ended: Ended
  resetRequestedAt: Instant | null
}

export type State =
  | { type: 'absent'; revision: -1 }
  | { type: 'abandoned'; revision: number }
  | { type: 'erased'; revision: number; accountId: AccountId; emailIndex: BlindIndex }
  | Registered

type Summarized = ReturnType<typeof AccountSummarized>['data']

const fromAccountSummary = ({ isActive, roles, claims, endedRevision, keptSessionId, at: _, ...account }: Summarized): Registered => ({
  type: isActive ? 'active' : 'disabled',
  ...account,
  roles: new Set(roles),
  claims: new Map(claims.map(({ name, value }) => [name, value])),
  ended: { revision: endedRevision, kept: keptSessionId },
})

export function summarizeAccount(state: State, next: AccountEvent) {
  if (state.type !== 'active' && state.type !== 'disabled') return null
  const { type, revision, roles, claims, ended, ...account } = state
  return AccountSummarized({
    ...account,
    isActive: type === 'active',
    revision: revision + 1,
    roles: [...roles],
    claims: [...claims].map(([name, value]) => ({ name, value })),
    endedRevision: ended.revision,
    keptSessionId: ended.kept,
    at: next.data.at,
  })
}

export const initialAccount: State = { type: 'absent', revision: -1 }

export type BoundSession = { readonly sessionId: SessionId; readonly accountRevision: number }

export function hasPassword({ passwordRevision }: Registered) {
  return passwordRevision >= 0
}

export function survives(state: State, { sessionId, accountRevision }: BoundSession) {
  return state.type === 'active' && (accountRevision >= state.ended.revision || state.ended.kept === sessionId)
}

/** Whether credentials that were checked at `accountRevision` still count. */
export function survivesSince(state: State, accountRevision: number) {
  return state.type === 'active' && accountRevision >= state.ended.revision
}

/** The revision before which mailed links are void: the owner ended sessions, or has another mailbox. */
export function linksRevisionOf({ ended, emailRevision }: Registered) {
  return Math.max(ended.revision, emailRevision)
}

const registered = ({ data }: Extract<AccountEvent, { type: 'AccountRegistered' }>): Registered => ({
  type: 'active',
  revision: 0,
  accountId: data.accountId,
  emailIndex: data.emailIndex,
  email: data.email,
  emailVerified: data.emailVerified,
  emailRevision: 0,
  emailChangeRequestedAt: null,
  passwordHash: data.passwordHash,
  passwordRevision: 0,
  passwordChangeRequired: false,
  hashRevision: 0,
  roles: new Set(),
  claims: new Map(),
  ended: { revision: 0, kept: null },
  resetRequestedAt: null,
})

export function evolveAccount(state: State, event: AccountEvent): State {
  if (event.type === 'AccountRegistered') return registered(event)
  if (event.type === 'AccountSummarized') return fromAccountSummary(event.data)
  const revision = state.revision + 1
  if (event.type === 'RegistrationAbandoned') return { type: 'abandoned', revision }
  if (state.type !== 'active' && state.type !== 'disabled') return state
  const next = { ...state, revision }
  const ended = { revision, kept: null }
  switch (event.type) {
    case 'AccountCreated':
      return event.data.isInvited ? { ...next, passwordRevision: -1 } : next
    case 'InvitationMailed':
    case 'ProfileRecorded':
      return next
    case 'InvitationAccepted': {
      const revisions = { passwordRevision: revision, hashRevision: revision }
      return { ...next, ...revisions, passwordHash: event.data.passwordHash, passwordChangeRequired: false, emailVerified: true, ended }
    }
    case 'PasswordReplaced': {
      const { passwordHash, because, keptSessionId } = event.data
      const emailVerified = state.emailVerified || because === 'reset'
      const revisions = { passwordRevision: revision, hashRevision: revision }
      return { ...next, ...revisions, passwordHash, passwordChangeRequired: false, emailVerified, ended: { revision, kept: keptSessionId } }
    }
    case 'PasswordChangeRequired':
      return { ...next, passwordChangeRequired: true }
    case 'PasswordRehashed':
      return { ...next, passwordHash: event.data.passwordHash, hashRevision: revision }
    case 'RoleGranted':
      return { ...next, roles: new Set([...state.roles, event.data.role]) }
    case 'RoleWithdrawn':
      return { ...next, roles: new Set([...state.roles].filter((role) => role !== event.data.role)) }
    case 'ClaimAsserted':
      return { ...next, claims: new Map([...state.claims, [event.data.name, event.data.value]]) }
    case 'ClaimRetracted':
      return { ...next, claims: new Map([...state.claims].filter(([name]) => name !== event.data.name)) }
    case 'AccountDisabled':
      return { ...next, type: 'disabled', ended }
    case 'AccountEnabled':
      return { ...next, type: 'active' }
    case 'AllSessionsRevoked':
      return { ...next, ended }
    case 'OtherSessionsRevoked':
      return { ...next, ended: { revision, kept: event.data.keptSessionId } }
    case 'EmailChangeRequested':
      return { ...next, emailChangeRequestedAt: event.data.at }
    case 'EmailReplaced': {
      const { emailIndex, email, emailVerified } = event.data
      return { ...next, emailIndex, email, emailVerified, emailRevision: revision }
    }
    case 'PasswordResetRequested':
      return { ...next, resetRequestedAt: event.data.at }
    case 'AccountErased':
      return { type: 'erased', revision, accountId: state.accountId, emailIndex: state.emailIndex }
  }
}
