import {
  flag,
  host,
  issuer,
  key,
  mailFrom,
  networks,
  oneOf,
  origin,
  origins,
  type Reader,
  roles,
  secret,
  smtpUrl,
  whole,
  words,
} from './readers.ts'

export type Variable<A> = {
  readonly reader: Reader<A>
  /** The text that stands for an absent variable; without one the value is `undefined`. */
  readonly fallback?: string
  /** How the default is told when it is no constant. */
  readonly told?: string
  readonly meaning: string
  readonly isSecret?: true
}

const year = 31_536_000

/** Every variable that is read, in the order of the documentation. */
export const variables = {
  HOST: { reader: host, fallback: '127.0.0.1', meaning: 'The address to listen on.' },
  PORT: { reader: whole(0, 65_535), fallback: '1984', meaning: 'The port to listen on; 0 takes a free one and prints it.' },
  DATA_DIR: {
    reader: words('a path'),
    fallback: './data',
    meaning: 'SQLite files, generated keys, setup token (folder 0700, files 0600).',
  },
  PUBLIC_ORIGIN: { reader: origin, told: 'http://localhost:PORT', meaning: 'The origin under which browsers see the service.' },
  ALLOWED_ORIGINS: { reader: origins, fallback: '', meaning: 'Front ends on other origins, comma-separated: CORS with credentials.' },
  TRUSTED_PROXIES: {
    reader: networks,
    fallback: '',
    meaning: 'Addresses or networks whose `X-Forwarded-For` is believed (right-most untrusted entry).',
  },
  EVENT_STORE: {
    reader: oneOf('sqlite', 'eventstoredb', 'memory'),
    fallback: 'sqlite',
    meaning: 'Where the log is kept: a file here, a cluster for many nodes, or nowhere: `memory` forgets everything at the end.',
  },
  EVENTSTOREDB_URL: {
    reader: words('a connection string'),
    meaning:
      'The connection string of EventStoreDB: `esdb://user:password@host:port`, `esdb+discover://…`. TLS and credentials of its own are required unless NODE_ENV is development.',
    isSecret: true,
  },
  MASTER_KEY: { reader: key, told: 'generated in `DATA_DIR`', meaning: '32 bytes in base64 that wrap the data keys.', isSecret: true },
  MASTER_KEY_FILE: { reader: words('a path'), told: 'none', meaning: 'A file that holds the master key; in place of `MASTER_KEY`.' },
  SETUP_TOKEN: { reader: secret, told: 'generated in `DATA_DIR`', meaning: 'One-time token for the first administrator.', isSecret: true },
  REGISTRATION: {
    reader: oneOf('open', 'closed', 'verified'),
    fallback: 'open',
    meaning: 'Who may register: anybody, nobody, or whoever opens a link that is mailed to the address.',
  },
  LOGIN_MAX_ATTEMPTS: { reader: whole(1, 1000), fallback: '5', meaning: 'Failures in a row before a lock.' },
  LOGIN_LOCKOUT_SECONDS: { reader: whole(1, year), fallback: '60', meaning: 'How long the first lock lasts.' },
  LOGIN_LOCKOUT_MAX_SECONDS: { reader: whole(1, year), fallback: '3600', meaning: 'Each further run doubles the lock up to this.' },
  LOGIN_RATE_PER_MINUTE: {
    reader: whole(0, 1_000_000),
    fallback: '30',
    meaning: 'Calls with a password for each address (IPv6 by /64); 0 switches it off.',
  },
  RATE_PER_MINUTE: { reader: whole(0, 1_000_000), fallback: '600', meaning: 'Calls for each address (IPv6 by /64); 0 switches it off.' },
  MAX_OTP_ATTEMPTS: {
    reader: whole(1, 1000),
    fallback: '5',
    meaning: 'Wrong codes before a lock; one budget for one-time and recovery codes, kept across log-ins.',
  },
  OTP_LOCKOUT_SECONDS: { reader: whole(1, year), fallback: '60', meaning: 'How long that lock lasts.' },
  OTP_PROVIDER: {
    reader: oneOf('totp', 'email'),
    fallback: 'totp',
    meaning: 'Where codes come from: an authenticator, or a mail to the address of the account.',
  },
  TOTP_ENABLED: {
    reader: flag,
    fallback: 'true',
    meaning: 'False: the development provider, which takes 000000, 111111, … 999999; refused in production.',
  },
  TOTP_SECRETS: {
    reader: oneOf('sealed', 'derived'),
    fallback: 'sealed',
    meaning: 'How the secrets of new enrolments are kept: sealed in the log, or derived again each time from a key and a sealed salt.',
  },
  TOTP_WINDOW: { reader: whole(0, 10), fallback: '1', meaning: 'Steps of 30 seconds that an authenticator may be off, to either side.' },
  TOTP_ISSUER: { reader: issuer, fallback: 'Gatebook', meaning: 'The name that the authenticator shows.' },
  RECOVERY_CODES: {
    reader: oneOf('single-use', 'jump-ahead'),
    fallback: 'single-use',
    meaning: 'New recovery codes: each once in any order, or each ending those before it and the last one the second factor.',
  },
  RECOVERY_CODE_COUNT: { reader: whole(1, 100), fallback: '10', meaning: 'How many recovery codes there are.' },
  SECOND_FACTOR_ROLES: {
    reader: roles,
    fallback: '',
    meaning: 'Roles that need a second factor, comma-separated; `*` for everybody.',
  },
  SMTP_URL: {
    reader: smtpUrl,
    told: 'files in `DATA_DIR/outbox`',
    meaning: 'The server that takes mail. `smtp:` needs STARTTLS, unless the host is loopback or the URL ends with `?requireTLS=false`.',
    isSecret: true,
  },
  MAIL_FROM: { reader: mailFrom, fallback: 'Gatebook <gatebook@localhost>', meaning: 'The sender of mails.' },
  SESSION_IDLE_SECONDS: { reader: whole(1, year), fallback: '86400', meaning: 'A session that is not used for this long ends.' },
  SESSION_ABSOLUTE_SECONDS: { reader: whole(1, year), fallback: '2592000', meaning: 'A session ends after this, however busy it is.' },
  ELEVATION_SECONDS: { reader: whole(1, 86_400), fallback: '900', meaning: 'How long an elevation lasts.' },
  REFRESH_SECONDS: { reader: whole(1, year), fallback: '2592000', meaning: 'How long a refresh token can be used.' },
  PASSWORD_MIN_LENGTH: {
    reader: whole(1, 1024),
    fallback: '8',
    meaning: 'Code points; up to 1,024 are accepted, and the 10,000 commonest passwords are refused.',
  },
  ARGON2_MEMORY_KIB: { reader: whole(8, 4_194_304), fallback: '19456', meaning: 'Memory of one hash, in KiB.' },
  ARGON2_TIME: { reader: whole(1, 100), fallback: '2', meaning: 'Passes over that memory.' },
  ARGON2_PARALLELISM: { reader: whole(1, 64), fallback: '1', meaning: 'Lanes of one hash.' },
  HASH_QUEUE_LIMIT: {
    reader: whole(1, 100_000),
    fallback: '64',
    meaning: 'Passwords that may wait for the hash; beyond it the answer is 503.',
  },
  MAX_STALENESS_MS: {
    reader: whole(200, 60_000),
    fallback: '2000',
    meaning: 'How old may be what a node of a cluster knows before its guards refuse everybody, in milliseconds.',
  },
  BLOCKED_ADDRESSES: {
    reader: networks,
    fallback: '',
    meaning: 'Addresses or networks that are refused before the password is looked at.',
  },
  LOG_LEVEL: {
    reader: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    fallback: 'info',
    meaning: 'What is logged; `debug` adds a line for each read that went well.',
  },
  NODE_ENV: {
    reader: words('a name'),
    told: 'none',
    meaning:
      '`production` refuses what is for development only; `development` allows an EventStoreDB without TLS or with its first password.',
  },
} as const satisfies Record<string, Variable<unknown>>

export type Variables = typeof variables
export type VariableName = keyof Variables

type ValueOf<V> = V extends { readonly reader: Reader<infer A>; readonly fallback: string }
  ? A
  : V extends { readonly reader: Reader<infer A> }
    ? A | undefined
    : never

export type Values = { readonly [Name in VariableName]: ValueOf<Variables[Name]> }
