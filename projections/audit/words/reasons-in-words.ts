export const codePurposes = {
  confirmation: ' to confirm a second factor',
  login: ' to log in',
  elevation: ' to elevate a session',
  removal: ' to remove the second factor',
  recovery_codes: ' to make new recovery codes',
  email_change: ' to change the email address',
  erasure: ' to erase the account',
} as const

export const reauthentications = {
  ...codePurposes,
  password_change: ' to change the password',
} as const

/** Of a signature. */
export const proofPurposes = {
  login: codePurposes.login,
  elevation: codePurposes.elevation,
  erasure: codePurposes.erasure,
  email_change: codePurposes.email_change,
} as const

export const challenges = {
  verify: 'Second factor requested',
  enroll: 'Enrollment of a second factor requested',
  change_password: 'New password requested',
} as const

export const removals = {
  disabled_by_owner: 'by its owner',
  reset_by_admin: 'by an administrator',
  last_recovery_code_used: 'the last recovery code was used',
} as const

export const reasons = {
  logged_out: 'logged out',
  revoked_by_owner: 'by its owner',
  refresh_token_reused: 'a refresh token was used twice',
  too_many_failures: 'too many wrong passwords or codes',
  too_many_sessions: 'the account had too many sessions',
  logged_out_everywhere: 'logged out everywhere',
  revoked_by_admin: 'by an administrator',
  revoked_by_host: 'by the application',
  log_restored: 'the log was restored from a backup',
  requested_by_owner: 'requested by its owner',
  requested_by_admin: 'requested by an administrator',
  requested_by_host: 'requested by the application',
  account_erased: 'the account was erased',
  unlinked: 'its account let go of it',
  registration_abandoned: 'the registration was never finished',
  email_replaced: 'the account has another address',
  setup_already_done: 'the setup was already done',
} as const

export const voided = {
  credentials_changed: 'the password or the second factor changed',
  account_not_active: 'the account is not active',
  too_many_failures: 'too many wrong codes',
} as const

export const changed = {
  second_factor_enrolled: 'a second factor was added',
  second_factor_removed: 'the second factor was removed',
} as const
