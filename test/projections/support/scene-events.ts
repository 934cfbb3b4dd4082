import {
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  AllSessionsRevoked,
  ClaimAsserted,
  ClaimRetracted,
  OtherSessionsRevoked,
  PasswordRehashed,
  PasswordReplaced,
  PasswordResetRequested,
  RegistrationAbandoned,
  RoleGranted,
  RoleWithdrawn,
} from '../../../domain/account/events.ts'
import { AdministratorAdded, AdministratorRemoved, SetupCompleted, SetupReopened } from '../../../domain/administrators/events.ts'
import type { DomainEvent } from '../../../domain/catalogue.ts'
import { DataKeyWrapped } from '../../../domain/data-key/events.ts'
import { EmailClaimed, EmailReleased } from '../../../domain/email-claim/events.ts'
import type { TokenHash } from '../../../domain/kernel/ids.ts'
import {
  accountStream,
  administratorsStream,
  dataKeyStream,
  emailClaimStream,
  loginStream,
  secondFactorStream,
  sessionStream,
} from '../../../domain/kernel/streams.ts'
import {
  ChallengeAnswered,
  ChallengeIssued,
  ChallengeVoided,
  LoginAttempted,
  LoginAttemptsRefused,
  LoginLocked,
  LoginSummarized,
  LoginUnlocked,
  PasswordAccepted,
  PasswordRejected,
} from '../../../domain/login/events.ts'
import {
  CodeAccepted,
  CodeAttempted,
  CodeEntryLocked,
  CodeRejected,
  CodeSent,
  RecoveryCodesIssued,
  RecoveryCodeUsed,
  SecondFactorRemoved,
  TotpEnrollmentConfirmed,
  TotpEnrollmentStarted,
  TotpEnrollmentVoided,
} from '../../../domain/second-factor/events.ts'
import {
  RefreshTokenReuseDetected,
  RefreshTokenRotated,
  SessionElevated,
  SessionExtended,
  SessionRevoked,
} from '../../../domain/session/events.ts'
import { accountId, attemptId, blindIndex, sealed, sessionId } from '../../support/domain/ids.ts'
import type { later } from '../../support/domain/time.ts'

/** Eight of them have the same beginning. */
export const token = (n: number) => `${Math.floor(n / 8)}`.padStart(8, '0').concat(`-${n}-`).padEnd(43, '0') as TokenHash

/** One of three networks. */
export const networkOf = (session: number) => blindIndex(90 + (session % 3))

export const idle = 20_000
export const absolute = 60_000

export type Scene = {
  readonly account: number
  readonly session: number
  readonly back: number
  readonly at: ReturnType<typeof later>
  readonly fresh: number
}
type Recorded = { readonly stream: string; readonly event: DomainEvent }

const ofAccount = ({ account, session, at }: Scene) => {
  const on = (event: DomainEvent): Recorded => ({ stream: accountStream(accountId(account)), event })
  return {
    replaced: () => on(PasswordReplaced({ passwordHash: sealed('p'), because: 'reset', keptSessionId: null, at })),
    replacedKeeping: () => on(PasswordReplaced({ passwordHash: sealed('p'), because: 'changed', keptSessionId: sessionId(session), at })),
    rehashed: () => on(PasswordRehashed({ passwordHash: sealed('p'), at })),
    granted: () => on(RoleGranted({ role: `role${session % 3}`, at })),
    withdrawn: () => on(RoleWithdrawn({ role: `role${session % 3}`, at })),
    asserted: () => on(ClaimAsserted({ name: `claim${session % 2}`, value: session, at })),
    retracted: () => on(ClaimRetracted({ name: `claim${session % 2}`, at })),
    disabled: () => on(AccountDisabled({ at })),
    enabled: () => on(AccountEnabled({ at })),
    everySession: () => on(AllSessionsRevoked({ because: 'logged_out_everywhere', at })),
    othersEnded: () => on(OtherSessionsRevoked({ because: 'second_factor_removed', keptSessionId: null, at })),
    othersEndedKeeping: () => on(OtherSessionsRevoked({ because: 'second_factor_enrolled', keptSessionId: sessionId(session), at })),
    resetOffered: () => on(PasswordResetRequested({ at })),
    erased: () => on(AccountErased({ because: 'requested_by_owner', at })),
    abandoned: (): Recorded => ({ stream: accountStream(accountId(900 + session)), event: RegistrationAbandoned({ at }) }),
  }
}

const ofLogin = ({ account, session, at }: Scene) => {
  const on = (event: DomainEvent): Recorded => ({ stream: loginStream(blindIndex(account)), event })
  const challenge = { challengeHash: token(session) }
  const origin = {
    attemptId: attemptId(session),
    deviceId: null,
    ipAddress: sealed('address'),
    networkIndex: networkOf(session),
    userAgent: null,
  }
  return {
    attempted: () => on(LoginAttempted({ ...origin, accountId: accountId(account), at })),
    attemptedByStranger: () => on(LoginAttempted({ ...origin, accountId: null, at })),
    accepted: () => on(PasswordAccepted({ attemptId: attemptId(session), accountId: accountId(account), rejectedBefore: session % 2, at })),
    rejected: () => on(PasswordRejected({ attemptId: attemptId(session), at })),
    locked: () => on(LoginLocked({ deviceId: null, until: (at + 60_000) as typeof at, consecutiveLocks: 1 + (session % 3), at })),
    unlocked: () => on(LoginUnlocked({ by: accountId(account), at })),
    challenged: () =>
      on(
        ChallengeIssued({
          ...challenge,
          accountId: accountId(account),
          accountRevision: 0,
          secondFactorRevision: -1,
          codeLocks: 0,
          purpose: 'enroll',
          key: null,
          at,
        }),
      ),
    challengeAnswered: () => on(ChallengeAnswered({ ...challenge, at })),
    challengeVoid: () => on(ChallengeVoided({ ...challenge, because: 'credentials_changed', at })),
    refused: () => on(LoginAttemptsRefused({ count: 3, from: at, to: at })),
    summarized: () =>
      on(
        LoginSummarized({
          lanes: [{ deviceId: null, failedAttempts: 1, consecutiveLocks: 0, lockedUntil: null, pendingAttempts: [] }],
          rejectedAttempts: 1,
          keyOwner: null,
          challenges: [],
          at,
        }),
      ),
  }
}

const ofSecondFactor = ({ account, session, at }: Scene) => {
  const on = (event: DomainEvent): Recorded => ({ stream: secondFactorStream(accountId(account)), event })
  const own = { attemptId: attemptId(session), at }
  const recovery = { scheme: 'jump-ahead' as const, salt: sealed('salt'), count: 10 }
  const secret = { mode: 'sealed' as const, secret: sealed('secret') }
  return {
    enrolled: () =>
      on(
        TotpEnrollmentStarted({ accountId: accountId(account), accountRevision: 0, sessionId: null, secret, recoveryCodes: recovery, at }),
      ),
    enrolmentVoid: () => on(TotpEnrollmentVoided({ because: 'reset_by_admin', at })),
    codeSent: () => on(CodeSent({ timeStep: session, at })),
    confirmed: () => on(TotpEnrollmentConfirmed({ ...own, timeStep: session })),
    codeAttempted: () => on(CodeAttempted({ ...own, purpose: 'login', sessionId: null })),
    codeAccepted: () => on(CodeAccepted({ ...own, timeStep: session })),
    codeRejected: () => on(CodeRejected(own)),
    codesLocked: () => on(CodeEntryLocked({ until: at, consecutiveLocks: 1, at })),
    recoveryCodeSpent: () => on(RecoveryCodeUsed({ ...own, number: session })),
    recoveryCodesIssued: () => on(RecoveryCodesIssued({ recoveryCodes: recovery, at })),
    secondFactorRemoved: () => on(SecondFactorRemoved({ because: 'disabled_by_owner', at })),
  }
}

const ofSession = ({ session, at, fresh }: Scene) => {
  const on = (event: DomainEvent): Recorded => ({ stream: sessionStream(sessionId(session)), event })
  const refresh = { hash: token(5_000 + fresh), expiresAt: (at + absolute) as typeof at }
  const idleExpiresAt = (at + idle) as typeof at
  return {
    extended: () => on(SessionExtended({ at, idleExpiresAt })),
    rotated: () => on(RefreshTokenRotated({ tokenHash: token(fresh), refreshToken: refresh, at, idleExpiresAt })),
    reused: () => on(RefreshTokenReuseDetected({ at })),
    elevated: () => on(SessionElevated({ tokenHash: token(fresh), factor: 'pwd', at, until: idleExpiresAt })),
    revoked: () => on(SessionRevoked({ because: 'logged_out', at })),
  }
}

const ofOthers = ({ account, session, at }: Scene) => {
  const own = { accountId: accountId(account), at }
  const administrators = (event: DomainEvent): Recorded => ({ stream: administratorsStream, event })
  const claim = (event: DomainEvent): Recorded => ({ stream: emailClaimStream(blindIndex(account)), event })
  return {
    claimed: () => claim(EmailClaimed(own)),
    released: () => claim(EmailReleased({ ...own, because: 'account_erased' })),
    joined: () => administrators(AdministratorAdded(own)),
    left: () => administrators(AdministratorRemoved(own)),
    setUp: () => administrators(SetupCompleted(own)),
    reopened: () => administrators(SetupReopened(own)),
    wrapped: (): Recorded => ({
      stream: dataKeyStream(`person-${session}`),
      event: DataKeyWrapped({ person: `person-${session}`, wrappedKey: 'k', at }),
    }),
  }
}

/** Every event that can happen in a scene, under a short name. */
export const sceneEvents = (scene: Scene) => ({
  ...ofAccount(scene),
  ...ofLogin(scene),
  ...ofSecondFactor(scene),
  ...ofSession(scene),
  ...ofOthers(scene),
})
