import { byCommand } from '../kernel/explain/explanation.ts'
import type { SessionId } from '../kernel/ids.ts'
import { account, type Command } from './decider.ts'
import type { AccountEvent } from './events.ts'
import { linksRevisionOf, type State } from './state.ts'

/** Which session asked is not recorded, but that it lived: it would have been refused. */
const anySession = '00000000-0000-0000-0000-000000000000' as SessionId

type Registered = Extract<AccountEvent, { type: 'AccountRegistered' }>

const dataOf = <Type extends AccountEvent['type']>(events: readonly AccountEvent[], type: Type) =>
  events.flatMap((event) => (event.type === type ? [event.data as Extract<AccountEvent, { type: Type }>['data']] : []))

const profileIn = ([next]: readonly AccountEvent[]) => (next?.type === 'ProfileRecorded' ? next.data.profile : null)

/** Roles and claims of a new account were appended with it. */
const beginning = ({ data }: Registered, after: readonly AccountEvent[]): Command => {
  const profile = profileIn(after)
  const created = after[profile === null ? 0 : 1]
  if (created?.type !== 'AccountCreated') return { type: 'register', ...data, profile }
  const end = after.findIndex(({ data: { at } }) => at !== data.at)
  const together = end === -1 ? after : after.slice(0, end)
  return {
    type: 'create',
    ...{ ...data, profile, by: created.data.by, isInvited: created.data.isInvited },
    mustChangePassword: together.some(({ type }) => type === 'PasswordChangeRequired'),
    roles: dataOf(together, 'RoleGranted').map(({ role }) => role),
    claims: dataOf(together, 'ClaimAsserted').map(({ name, value }) => ({ name, value })),
    isDisabled: together.some(({ type }) => type === 'AccountDisabled'),
  }
}

type Replaced = Extract<AccountEvent, { type: 'PasswordReplaced' }>

const replacement = ({ data }: Replaced, next: AccountEvent | undefined, ended: number, linksRevision: number): Command => {
  const { passwordHash, because, keptSessionId, at } = data
  if (because === 'reset') return { type: 'resetPassword', passwordHash, linksRevision, at }
  if (because === 'set') {
    return { type: 'setPassword', passwordHash, mustChange: next?.type === 'PasswordChangeRequired' && next.data.at === at, at }
  }
  const checkedAt = Number.MAX_SAFE_INTEGER
  return keptSessionId === null
    ? { type: 'changeRequiredPassword', passwordHash, checkedAt, at }
    : { type: 'changePassword', passwordHash, checkedAt, keep: { sessionId: keptSessionId, accountRevision: ended }, at }
}

const commandOf = (state: State, [event, ...after]: readonly AccountEvent[]): Command | null => {
  const isRegistered = state.type === 'active' || state.type === 'disabled'
  const [ended, linksRevision] = isRegistered ? [state.ended.revision, linksRevisionOf(state)] : [0, 0]
  const session = (sessionId: SessionId | null) => ({ sessionId: sessionId ?? anySession, accountRevision: ended })
  switch (event?.type) {
    case 'AccountRegistered':
      return beginning(event, after)
    case 'AccountIntroduced':
      return { type: 'introduce', ...event.data, profile: profileIn(after) }
    case 'RegistrationAbandoned':
      return { type: 'abandon', ...event.data }
    case 'ProfileRecorded':
      return { type: 'recordProfile', ...event.data }
    case 'InvitationMailed':
      return { type: 'recordInvitation', ...event.data }
    case 'InvitationAccepted':
      return { type: 'acceptInvitation', ...event.data, linksRevision }
    case 'PasswordReplaced':
      return replacement(event, after[0], ended, linksRevision)
    case 'PasswordRehashed':
      return { type: 'rehash', ...event.data, checkedAt: Number.MAX_SAFE_INTEGER }
    case 'PasswordResetRequested':
      return { type: 'requestReset', ...event.data }
    case 'RoleGranted':
      return { type: 'grantRole', ...event.data }
    case 'RoleWithdrawn':
      return { type: 'withdrawRole', ...event.data }
    case 'ClaimAsserted':
      return { type: 'assertClaim', ...event.data }
    case 'ClaimRetracted':
      return { type: 'retractClaim', ...event.data }
    case 'AccountDisabled':
      return { type: 'disable', ...event.data }
    case 'AccountEnabled':
      return { type: 'enable', ...event.data }
    case 'AllSessionsRevoked':
      return { type: 'revokeSessions', ...event.data }
    case 'OtherSessionsRevoked': {
      const { because, keptSessionId, at } = event.data
      return { type: 'revokeOtherSessions', because, keep: keptSessionId === null ? null : session(keptSessionId), at }
    }
    case 'EmailChangeRequested':
      return { type: 'requestEmailChange', by: session(null), ...event.data }
    case 'EmailReplaced': {
      const { emailIndex, email, emailVerified, at } = event.data
      return { type: 'replaceEmail', emailIndex, email, emailVerified, linksRevision, at }
    }
    case 'IdentityLinked':
      return { type: 'linkIdentity', ...event.data, by: session(null) }
    case 'IdentityUnlinked':
      return { type: 'unlinkIdentity', fingerprint: event.data.fingerprint, by: session(event.data.keptSessionId), at: event.data.at }
    case 'AccountErased':
      return { type: 'erase', ...event.data, by: null }
    default:
      return null
  }
}

export const accountExplainer = byCommand(account, commandOf)
