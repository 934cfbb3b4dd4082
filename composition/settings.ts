import type { Policies } from '../application/journal/aggregates.ts'
import type { Values } from './config/variables.ts'

/** What the core is opened with; durations in milliseconds. */
export type Settings = {
  /** Holds the log, the read models, generated keys and the setup token. */
  readonly dataDir: string
  /** Keeps nothing: the data directory is a new one in the system's temporary folder and goes when the core is closed. */
  readonly forgets: boolean
  /** Where the log is kept by a cluster, of which this process is a node. */
  readonly cluster: ClusterSettings | undefined
  readonly masterKey: string | undefined
  readonly masterKeyFile: string | undefined
  readonly setupToken: string | undefined
  readonly policies: Policies
  readonly passwordMinLength: number
  readonly secondFactor: SecondFactorSettings
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string }
  /** Undefined: `http://localhost:<port>`, once the port is known. */
  readonly publicOrigin: string | undefined
  readonly hashing: { readonly memoryKiB: number; readonly time: number; readonly parallelism: number; readonly queueLimit: number }
}

export type ClusterSettings = {
  /** The connection string; it holds a password. */
  readonly url: string
  /** Allows a server without TLS and with the password that it came with. */
  readonly development: boolean
  /** Milliseconds that the read models may be behind before guards refuse. */
  readonly maxStaleness: number
}

export type SecondFactorSettings = {
  /** `development` takes 000000, 111111, … and is refused in production. */
  readonly provider: 'totp' | 'email' | 'development'
  readonly secrets: 'sealed' | 'derived'
  readonly window: number
  readonly issuer: string
  readonly recoveryCodes: 'single-use' | 'jump-ahead'
  readonly recoveryCodeCount: number
  /** Roles that need a second factor; `*` for everybody. */
  readonly roles: readonly string[]
}

const second = 1000

const clusterOf = ({ EVENT_STORE, EVENTSTOREDB_URL: url, MAX_STALENESS_MS: maxStaleness, NODE_ENV }: Values) =>
  EVENT_STORE === 'eventstoredb' && url !== undefined ? { url, development: NODE_ENV === 'development', maxStaleness } : undefined

export function settingsOf(values: Values): Settings {
  return {
    dataDir: values.DATA_DIR,
    forgets: values.EVENT_STORE === 'memory',
    cluster: clusterOf(values),
    masterKey: values.MASTER_KEY,
    masterKeyFile: values.MASTER_KEY_FILE,
    setupToken: values.SETUP_TOKEN,
    policies: {
      lockout: {
        maxAttempts: values.LOGIN_MAX_ATTEMPTS,
        lockout: values.LOGIN_LOCKOUT_SECONDS * second,
        lockoutMax: values.LOGIN_LOCKOUT_MAX_SECONDS * second,
      },
      codes: { maxAttempts: values.MAX_OTP_ATTEMPTS, lockout: values.OTP_LOCKOUT_SECONDS * second },
      session: {
        idle: values.SESSION_IDLE_SECONDS * second,
        absolute: values.SESSION_ABSOLUTE_SECONDS * second,
        elevation: values.ELEVATION_SECONDS * second,
        refresh: values.REFRESH_SECONDS * second,
      },
    },
    secondFactor: {
      provider: values.TOTP_ENABLED ? values.OTP_PROVIDER : 'development',
      secrets: values.TOTP_SECRETS,
      window: values.TOTP_WINDOW,
      issuer: values.TOTP_ISSUER,
      recoveryCodes: values.RECOVERY_CODES,
      recoveryCodeCount: values.RECOVERY_CODE_COUNT,
      roles: values.SECOND_FACTOR_ROLES,
    },
    mail: { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM },
    publicOrigin: values.PUBLIC_ORIGIN,
    passwordMinLength: values.PASSWORD_MIN_LENGTH,
    hashing: {
      memoryKiB: values.ARGON2_MEMORY_KIB,
      time: values.ARGON2_TIME,
      parallelism: values.ARGON2_PARALLELISM,
      queueLimit: values.HASH_QUEUE_LIMIT,
    },
  }
}
