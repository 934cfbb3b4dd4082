import type { BlindIndex, SessionId } from '../kernel/ids.ts'
import type { AccountEvent } from './events.ts'
import type { Registered, State } from './registered.ts'
import { fromAccountSummary } from './summary.ts'

export type { Registered, State } from './registered.ts'

export const initialAccount: State = { type: 'absent', revision: -1 }

export type BoundSession = { readonly sessionId: SessionId; readonly accountRevision: number }

export function hasPassword({ passwordRevision }: Registered) {
  return passwordRevision >= 0
}

/** Whatever its logins are counted under. */
export function loginIndexesOf({ loginIndex, identities }: Registered): readonly BlindIndex[] {
  return [...new Set([loginIndex, ...identities.values()])]
}

/** Somebody who cannot is invited. */
export function canLogIn(account: Registered) {
  return hasPassword(account) || account.identities.size > 0
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

type Beginning = Extract<AccountEvent, { type: 'AccountRegistered' | 'AccountIntroduced' }>

const begun = ({ type, data }: Beginning): Registered => {
  const { accountId, passwordHash } = data
  const empty = {
    ...{ type: 'active' as const, revision: 0, accountId, passwordHash, emailRevision: 0, emailChangeRequestedAt: null, hashRevision: 0 },
    ...{
      roles: new Set<string>(),
      claims: new Map(),
      ended: { revision: 0, kept: null },
      resetRequestedAt: null,
      passwordChangeRequired: false,
    },
  }
  if (type === 'AccountIntroduced') {
    const { fingerprint, loginIndex } = data
    const none = { emailIndex: null, email: null, emailVerified: false, passwordRevision: -1 }
    return { ...empty, ...none, loginIndex, identities: new Map([[fingerprint, loginIndex]]) }
  }
  const { emailIndex, email, emailVerified } = data
  return { ...empty, loginIndex: emailIndex, identities: new Map(), emailIndex, email, emailVerified, passwordRevision: 0 }
}

export function evolveAccount(state: State, event: AccountEvent): State {
  if (event.type === 'AccountRegistered' || event.type === 'AccountIntroduced') return begun(event)
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
      return { ...next, loginIndex: emailIndex, emailIndex, email, emailVerified, emailRevision: revision }
    }
    case 'IdentityLinked':
      return { ...next, identities: new Map([...state.identities, [event.data.fingerprint, event.data.loginIndex]]) }
    case 'IdentityUnlinked': {
      const { fingerprint, keptSessionId } = event.data
      const identities = new Map([...state.identities].filter(([other]) => other !== fingerprint))
      return { ...next, identities, ended: { revision, kept: keptSessionId } }
    }
    case 'PasswordResetRequested':
      return { ...next, resetRequestedAt: event.data.at }
    case 'AccountErased':
      return {
        type: 'erased',
        revision,
        accountId: state.accountId,
        emailIndex: state.emailIndex,
        identities: [...state.identities.keys()],
      }
  }
}
