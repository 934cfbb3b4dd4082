import type { DomainEvent } from '../../domain/catalogue.ts'
import type { BlindIndex, Sha256, TokenHash } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { Purpose } from '../ports/vault.ts'

/** What a sealed field may hold to be shown to the host. */
export type PersonalPurpose = Extract<Purpose, 'email' | 'address' | 'user_agent'>

/** `clear`: as it is. `time`: as a `Date`. `stream`: the id in the name of the stream. Otherwise the sealed text of this purpose, opened. */
export type Treatment = 'clear' | 'time' | 'stream' | PersonalPurpose

type Secret = BlindIndex | TokenHash | Sha256

type TreatmentOf<Value> = [Extract<Value, Sealed>] extends [never]
  ? [Extract<Value, Secret>] extends [never]
    ? [Extract<Value, Instant>] extends [never]
      ? 'clear'
      : 'time'
    : never
  : PersonalPurpose

/** The time and the account stand beside the data of a public event. */
type FieldsOf<Data> = { readonly [Name in Exclude<keyof Data, 'at' | 'accountId'>]?: TreatmentOf<Data[Name]> }

type Allowed = {
  readonly [Type in DomainEvent['type']]:
    | null
    | (FieldsOf<Extract<DomainEvent, { readonly type: Type }>['data']> & {
        readonly sessionId?: 'clear' | 'stream'
        readonly fingerprint?: 'clear' | 'stream'
      })
}

const ofSession = { sessionId: 'stream' } as const
const ofIdentity = { fingerprint: 'stream' } as const

/** Every event, and which of its fields a host sees; null for events that it does not see at all. A new event does not compile until it stands here. */
export const publicFields = {
  AccountRegistered: { email: 'email', emailVerified: 'clear' },
  AccountIntroduced: { fingerprint: 'clear' },
  IdentityLinked: { fingerprint: 'clear' },
  IdentityUnlinked: { fingerprint: 'clear', keptSessionId: 'clear' },
  ProfileRecorded: {},
  AccountCreated: { by: 'clear', isInvited: 'clear' },
  InvitationMailed: { by: 'clear' },
  InvitationAccepted: {},
  RegistrationAbandoned: null,
  PasswordReplaced: { because: 'clear', keptSessionId: 'clear' },
  PasswordChangeRequired: {},
  PasswordRehashed: null,
  RoleGranted: { role: 'clear' },
  RoleWithdrawn: { role: 'clear' },
  ClaimAsserted: { name: 'clear', value: 'clear' },
  ClaimRetracted: { name: 'clear' },
  AccountDisabled: {},
  AccountEnabled: {},
  AllSessionsRevoked: { because: 'clear' },
  OtherSessionsRevoked: { because: 'clear', keptSessionId: 'clear' },
  EmailChangeRequested: {},
  EmailReplaced: { email: 'email', emailVerified: 'clear', replacedEmail: 'email' },
  PasswordResetRequested: {},
  AccountErased: { because: 'clear' },
  AccountSummarized: null,

  SetupCompleted: {},
  SetupReopened: {},
  AdministratorAdded: {},
  AdministratorRemoved: {},

  ConsentGiven: { purpose: 'clear', version: 'clear' },
  ConsentWithdrawn: { purpose: 'clear', version: 'clear' },
  ConsentsSummarized: null,

  LanguageChosen: {},

  DeviceRemembered: { deviceId: 'clear', userAgent: 'user_agent', isFirst: 'clear' },
  DeviceRemoved: { deviceId: 'clear', because: 'clear' },
  DevicesSummarized: null,

  LoginAttempted: { attemptId: 'clear', deviceId: 'clear', ipAddress: 'address', userAgent: 'user_agent' },
  PasswordAccepted: { attemptId: 'clear', rejectedBefore: 'clear' },
  PasswordRejected: { attemptId: 'clear' },
  SignatureAttempted: { attemptId: 'clear', deviceId: 'clear', ipAddress: 'address', userAgent: 'user_agent' },
  SignatureAccepted: { attemptId: 'clear', rejectedBefore: 'clear' },
  SignatureRejected: { attemptId: 'clear' },
  LoginLocked: { deviceId: 'clear', until: 'time', consecutiveLocks: 'clear' },
  LoginUnlocked: { by: 'clear' },
  LoginAttemptsRefused: { count: 'clear', from: 'time', to: 'time' },
  ChallengeIssued: null,
  ChallengeAnswered: null,
  ChallengeVoided: null,
  LoginSummarized: null,
  LoginPayloadErased: null,

  TotpEnrollmentStarted: {},
  TotpEnrollmentVoided: { because: 'clear' },
  TotpEnrollmentConfirmed: {},
  TotpImported: {},
  CodeSent: {},
  CodeAttempted: { attemptId: 'clear', purpose: 'clear', sessionId: 'clear' },
  CodeAccepted: { attemptId: 'clear' },
  RecoveryCodeUsed: { attemptId: 'clear', number: 'clear' },
  CodeRejected: { attemptId: 'clear' },
  CodeEntryLocked: { until: 'time', consecutiveLocks: 'clear' },
  CodeEntryUnlocked: { by: 'clear' },
  RecoveryCodesIssued: {},
  SecondFactorRemoved: { because: 'clear' },
  CodesVoided: { because: 'clear' },
  SecondFactorSummarized: null,

  SessionGranted: {
    sessionId: 'clear',
    factors: 'clear',
    ipAddress: 'address',
    userAgent: 'user_agent',
    idleExpiresAt: 'time',
    expiresAt: 'time',
  },
  SessionExtended: { ...ofSession, idleExpiresAt: 'time' },
  RefreshTokenRotated: { ...ofSession, idleExpiresAt: 'time' },
  RefreshTokenReuseDetected: ofSession,
  SessionElevated: { ...ofSession, factor: 'clear', until: 'time' },
  SessionFactorWithdrawn: { ...ofSession, factor: 'clear' },
  ReauthenticationAttempted: { ...ofSession, attemptId: 'clear', purpose: 'clear' },
  ReauthenticationSucceeded: { ...ofSession, attemptId: 'clear' },
  ReauthenticationFailed: { ...ofSession, attemptId: 'clear' },
  AccessTokenIssued: { ...ofSession, tokenId: 'clear', expiresAt: 'time' },
  SessionRevoked: { ...ofSession, because: 'clear' },
  SessionSummarized: null,
  SessionPayloadErased: null,

  LogRestored: null,

  IdentityIntroduced: null,
  KeyClaimed: null,
  KeyProved: null,
  KeyRotationProposed: { ...ofIdentity, deadline: 'time' },
  KeyRotationCancelled: ofIdentity,
  KeyRotationCompleted: { ...ofIdentity, effectiveAt: 'time' },
  BlobPublished: { ...ofIdentity, version: 'clear', size: 'clear' },
  IdentityRetired: { ...ofIdentity, because: 'clear' },
  IdentitySummarized: null,

  DataRead: null,
  DataExported: null,
  AuthorizationRefused: null,
  AccessSummarized: null,
  DataKeyWrapped: null,
  EmailClaimed: null,
  EmailReserved: null,
  EmailReleased: null,
  EmailClaimSummarized: null,
  GuessesRefused: null,
  HashKindImported: null,
  PolicyPutInForce: null,
  SigningKeyAdded: null,
  SigningKeyRetired: null,
} as const satisfies Allowed
