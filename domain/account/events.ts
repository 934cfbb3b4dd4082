import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, Actor, BlindIndex, Fingerprint, SessionId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

export const AccountRegistered = defineEvent('AccountRegistered', 1, {
  accountId: AccountId,
  emailIndex: BlindIndex,
  email: Sealed,
  passwordHash: Sealed,
  emailVerified: t.boolean,
  at: Instant,
})

/** Begins with a key, without an email address. Its password hash matches nothing. `loginIndex`: of the fingerprint. */
export const AccountIntroduced = defineEvent('AccountIntroduced', 1, {
  accountId: AccountId,
  fingerprint: Fingerprint,
  loginIndex: BlindIndex,
  passwordHash: Sealed,
  at: Instant,
})

/** A key that logs in. `loginIndex`: of the fingerprint. */
export const IdentityLinked = defineEvent('IdentityLinked', 1, { fingerprint: Fingerprint, loginIndex: BlindIndex, at: Instant })

/** Ends every other session. */
export const IdentityUnlinked = defineEvent('IdentityUnlinked', 1, {
  fingerprint: Fingerprint,
  keptSessionId: t.union([SessionId, t.null]),
  at: Instant,
})

/** What the host app asked for at the registration, as JSON. A later one replaces it. */
export const ProfileRecorded = defineEvent('ProfileRecorded', 1, { profile: Sealed, at: Instant })

/** By an administrator or the host app. An invited account has no password yet: its hash matches nothing. */
export const AccountCreated = defineEvent('AccountCreated', 2, { by: Actor, isInvited: t.boolean, at: Instant })

/** Recorded when the mail server has accepted the mail with the link. */
export const InvitationMailed = defineEvent('InvitationMailed', 2, { by: Actor, at: Instant })

/** The invited person chose a password with the mailed link. */
export const InvitationAccepted = defineEvent('InvitationAccepted', 1, { passwordHash: Sealed, at: Instant })

/** The id can no longer be used. */
export const RegistrationAbandoned = defineEvent('RegistrationAbandoned', 1, { at: Instant })

/** Ends every other session. `set`: by somebody else than the owner. */
export const PasswordReplaced = defineEvent('PasswordReplaced', 2, {
  passwordHash: Sealed,
  because: t.keyof({ changed: null, reset: null, set: null }),
  keptSessionId: t.union([SessionId, t.null]),
  at: Instant,
})

/** Somebody else than the owner chose the password: the next login must replace it. */
export const PasswordChangeRequired = defineEvent('PasswordChangeRequired', 1, { at: Instant })

/** Sessions stay. */
export const PasswordRehashed = defineEvent('PasswordRehashed', 1, { passwordHash: Sealed, at: Instant })

export const RoleGranted = defineEvent('RoleGranted', 1, { role: t.string, at: Instant })
export const RoleWithdrawn = defineEvent('RoleWithdrawn', 1, { role: t.string, at: Instant })

/** JSON has no infinity: `1e999` would come back as null. */
const Finite = t.refinement(t.number, Number.isFinite, 'a finite number')
const Short = t.refinement(t.string, (s) => s.length <= 256, 'at most 256 characters')

/** In the clear, so nothing personal. */
export const ClaimValue = t.union([t.boolean, Finite, Short])
export type ClaimValue = t.TypeOf<typeof ClaimValue>

export const ClaimAsserted = defineEvent('ClaimAsserted', 1, { name: t.string, value: ClaimValue, at: Instant })
export const ClaimRetracted = defineEvent('ClaimRetracted', 1, { name: t.string, at: Instant })

export const AccountDisabled = defineEvent('AccountDisabled', 1, { at: Instant })
export const AccountEnabled = defineEvent('AccountEnabled', 1, { at: Instant })

export const AllSessionsRevoked = defineEvent('AllSessionsRevoked', 3, {
  because: t.keyof({ logged_out_everywhere: null, revoked_by_admin: null, revoked_by_host: null, log_restored: null }),
  at: Instant,
})

/** The second factor changed: only the session that changed it stays. */
export const OtherSessionsRevoked = defineEvent('OtherSessionsRevoked', 1, {
  because: t.keyof({ second_factor_enrolled: null, second_factor_removed: null }),
  keptSessionId: t.union([SessionId, t.null]),
  at: Instant,
})

/** The owner asked for another address. Whether it is free is not recorded. */
export const EmailChangeRequested = defineEvent('EmailChangeRequested', 1, { at: Instant })

/** Sessions stay. `emailVerified`: somebody opened the link that was mailed to the new address, or the host app vouches for it. The first address of an account replaces none. */
export const EmailReplaced = defineEvent('EmailReplaced', 3, {
  emailIndex: BlindIndex,
  email: Sealed,
  emailVerified: t.boolean,
  replacedIndex: t.union([BlindIndex, t.null]),
  replacedEmail: t.union([Sealed, t.null]),
  at: Instant,
})

/** Recorded when the mail server has accepted the mail with the link. */
export const PasswordResetRequested = defineEvent('PasswordResetRequested', 1, { at: Instant })

export const AccountErased = defineEvent('AccountErased', 2, {
  because: t.keyof({ requested_by_owner: null, requested_by_admin: null, requested_by_host: null }),
  at: Instant,
})

/** The state of a registered account, so that reading can start here. `revision`: of this event. */
export const AccountSummarized = defineEvent('AccountSummarized', 3, {
  revision: t.number,
  isActive: t.boolean,
  accountId: AccountId,
  loginIndex: BlindIndex,
  identities: t.array(t.strict({ fingerprint: Fingerprint, loginIndex: BlindIndex })),
  emailIndex: t.union([BlindIndex, t.null]),
  email: t.union([Sealed, t.null]),
  emailVerified: t.boolean,
  emailRevision: t.number,
  emailChangeRequestedAt: t.union([Instant, t.null]),
  passwordHash: Sealed,
  passwordRevision: t.number,
  passwordChangeRequired: t.boolean,
  hashRevision: t.number,
  roles: t.array(t.string),
  claims: t.array(t.strict({ name: t.string, value: ClaimValue })),
  endedRevision: t.number,
  keptSessionId: t.union([SessionId, t.null]),
  resetRequestedAt: t.union([Instant, t.null]),
  at: Instant,
})

export const accountEvents = [
  AccountRegistered,
  AccountIntroduced,
  IdentityLinked,
  IdentityUnlinked,
  ProfileRecorded,
  AccountCreated,
  InvitationMailed,
  InvitationAccepted,
  RegistrationAbandoned,
  PasswordReplaced,
  PasswordChangeRequired,
  PasswordRehashed,
  RoleGranted,
  RoleWithdrawn,
  ClaimAsserted,
  ClaimRetracted,
  AccountDisabled,
  AccountEnabled,
  AllSessionsRevoked,
  OtherSessionsRevoked,
  EmailChangeRequested,
  EmailReplaced,
  PasswordResetRequested,
  AccountErased,
  AccountSummarized,
] as const

export type AccountEvent = EventOf<(typeof accountEvents)[number]>
