import type { VariableName } from './variables.ts'

const sections = {
  Server: ['HOST', 'PORT', 'PUBLIC_ORIGIN', 'ALLOWED_ORIGINS', 'TRUSTED_PROXIES', 'NODE_ENV', 'LOG_LEVEL'],
  Pages: ['SERVICE_NAME', 'BRAND_COLOR', 'BRAND_LOGO'],
  Storage: ['EVENT_STORE', 'DATA_DIR', 'BLOB_DIR', 'EVENTSTOREDB_URL', 'MAX_STALENESS_MS', 'REFOLD_HOURS', 'ACCEPT_CLOCK_JUMP'],
  Keys: ['MASTER_KEY', 'MASTER_KEY_FILE', 'SIGNING_KEY_DAYS', 'SETUP_TOKEN', 'SERVICE_TOKENS', 'SERVICE_TOKENS_FILE'],
  Proofs: ['PROOFS_TOKEN', 'CHECKPOINT_INTERVAL_SECONDS', 'CHECKPOINT_FILE', 'CHECKPOINT_URL', 'CHECKPOINT_MAIL', 'PROOFS_WITNESSES'],
  Metrics: ['METRICS_HOST', 'METRICS_PORT', 'METRICS_TOKEN'],
  Registration: ['REGISTRATION', 'CONSENTS_FILE', 'UNKNOWN_NAMES_RETENTION_DAYS', 'AUDIT_RETENTION'],
  Passwords: [
    'PASSWORD_MIN_LENGTH',
    'BREACHED_PASSWORDS',
    'ARGON2_MEMORY_KIB',
    'ARGON2_TIME',
    'ARGON2_PARALLELISM',
    'COVER_IMPORTED_HASHES',
    'HASH_QUEUE_LIMIT',
  ],
  Limits: [
    'LOGIN_MAX_ATTEMPTS',
    'LOGIN_LOCKOUT_SECONDS',
    'LOGIN_LOCKOUT_MAX_SECONDS',
    'LOGIN_RATE_PER_MINUTE',
    'LOGIN_NAMES_PER_HOUR',
    'RATE_PER_MINUTE',
    'BLOCKED_ADDRESSES',
  ],
  'Second factor': [
    'OTP_PROVIDER',
    'TOTP_ENABLED',
    'TOTP_SECRETS',
    'TOTP_WINDOW',
    'TOTP_ISSUER',
    'RECOVERY_CODES',
    'RECOVERY_CODE_COUNT',
    'SECOND_FACTOR_ROLES',
    'MAX_OTP_ATTEMPTS',
    'OTP_LOCKOUT_SECONDS',
    'OTP_LOCKOUT_MAX_SECONDS',
    'CHALLENGE_SECONDS',
  ],
  'Identity keys': ['KEY_ROTATION_HOURS', 'BLOB_RATE_PER_MINUTE'],
  Sessions: [
    'SESSION_IDLE_SECONDS',
    'SESSION_ABSOLUTE_SECONDS',
    'ELEVATION_SECONDS',
    'REFRESH_SECONDS',
    'REFRESH_GRACE_SECONDS',
    'MAX_SESSIONS',
  ],
  Mail: ['SMTP_URL', 'MAIL_FROM', 'MAIL_LANGUAGE', 'REGISTER_URL', 'RESET_URL', 'INVITATION_URL', 'EMAIL_CHANGE_URL'],
} as const satisfies Record<string, readonly VariableName[]>

type Placed = (typeof sections)[keyof typeof sections][number]

const placed = Object.entries(sections).flatMap(([section, names]) => names.map((name) => [name, section] as const))

/** Does not compile while a variable has no section. In the order in which the documentation and the policy list them. */
export const sectionOf: Readonly<Record<VariableName, string>> = Object.fromEntries(placed) as Record<Placed, string>
