import type { IconName } from '../../../react/ui/icon.tsx'

export const shownKinds = ['notable', 'login', 'security', 'sessions', 'account', 'all'] as const

/** What the person can ask for. */
export type ShownKind = (typeof shownKinds)[number]

type Kind = Exclude<ShownKind, 'notable' | 'all'>
type Tone = 'plain' | 'good' | 'bad'

type EntryKind = { readonly kind: Kind; readonly tone: Tone }

const kindsOf = (kind: Kind, tone: Tone, types: string) => types.split(' ').map((type) => [type, { kind, tone }] as const)

/** Of what is not listed nobody needs to know but those who look into every step. */
const notable: ReadonlyMap<string, EntryKind> = new Map([
  ...kindsOf('login', 'good', 'SessionGranted'),
  ...kindsOf('login', 'plain', 'ChallengeIssued ChallengeVoided LoginUnlocked CodeEntryUnlocked RecoveryCodeUsed'),
  ...kindsOf('login', 'bad', 'PasswordRejected SignatureRejected LoginLocked LoginAttemptsRefused CodeRejected CodeEntryLocked'),
  ...kindsOf('security', 'good', 'TotpEnrollmentConfirmed TotpImported'),
  ...kindsOf(
    'security',
    'plain',
    'PasswordReplaced PasswordResetRequested RecoveryCodesIssued EmailChangeRequested EmailReplaced SessionElevated',
  ),
  ...kindsOf(
    'security',
    'plain',
    'IdentityLinked IdentityUnlinked KeyRotationProposed KeyRotationCancelled KeyRotationCompleted BlobPublished',
  ),
  ...kindsOf('security', 'bad', 'SecondFactorRemoved CodesVoided ReauthenticationFailed'),
  ...kindsOf('sessions', 'plain', 'SessionRevoked AllSessionsRevoked OtherSessionsRevoked DeviceRemembered DeviceRemoved'),
  ...kindsOf('sessions', 'bad', 'RefreshTokenReuseDetected'),
  ...kindsOf(
    'account',
    'plain',
    'AccountRegistered AccountIntroduced AccountCreated InvitationMailed InvitationAccepted AccountEnabled AccountErased',
  ),
  ...kindsOf(
    'account',
    'plain',
    'RoleGranted RoleWithdrawn ClaimAsserted ClaimRetracted AdministratorAdded AdministratorRemoved SetupCompleted',
  ),
  ...kindsOf('account', 'plain', 'ConsentGiven ConsentWithdrawn LanguageChosen DataExported'),
  ...kindsOf('account', 'bad', 'AccountDisabled AuthorizationRefused'),
])

export function isShown(type: string, shown: ShownKind): boolean {
  if (shown === 'all') return true
  const kind = notable.get(type)?.kind
  return kind !== undefined && (shown === 'notable' || shown === kind)
}

export function toneOf(type: string): Tone {
  return notable.get(type)?.tone ?? 'plain'
}

const icons: Readonly<Record<Kind, IconName>> = { login: 'key', security: 'shield', sessions: 'laptop', account: 'info' }

export function iconOf(type: string): IconName {
  const entry = notable.get(type)
  if (entry === undefined) return 'info'
  return entry.tone === 'bad' ? 'alert' : icons[entry.kind]
}
