import { mailLanguages } from '../../application/notifications/texts/mail-texts.ts'
import { linkUrl } from '../mail/link-url.ts'
import { breached, flag, issuer, mailFrom, networks, oneOf, retention, roles, smtpUrl, type Variable, whole, words } from './readers.ts'

const year = 31_536_000

/** Registration, login, codes, mails, sessions and passwords. */
export const accountVariables = {
  REGISTRATION: {
    reader: oneOf('open', 'closed', 'verified'),
    fallback: 'open',
    meaning: 'Who may register: `open` for anyone, `closed` for no one, `verified` for anyone who follows a link mailed to the address.',
  },
  LOGIN_MAX_ATTEMPTS: { reader: whole(1, 1000), fallback: '5', meaning: 'Failed attempts in a row before login is locked.' },
  LOGIN_LOCKOUT_SECONDS: { reader: whole(1, year), fallback: '60', meaning: 'Length of the first lock.' },
  LOGIN_LOCKOUT_MAX_SECONDS: { reader: whole(1, year), fallback: '3600', meaning: 'Each further lock is twice as long, up to this.' },
  LOGIN_RATE_PER_MINUTE: {
    reader: whole(0, 1_000_000),
    fallback: '30',
    meaning:
      'Requests with a password per client address (IPv6: per /64; four times as many per /56, sixteen times per /48). A right login gives its place back, as often for one account. `0` turns the limit off.',
  },
  LOGIN_NAMES_PER_HOUR: {
    reader: whole(0, 1_000_000),
    defaultText: '60; 0 if LOGIN_RATE_PER_MINUTE is 0',
    meaning:
      'Different email addresses, with an account or not, at which logins from one client address (IPv6: /64; four times as many per /56, sixteen times per /48) may fail at once; as many become free again in an hour. After that, only known devices and addresses that already failed there are checked. `0` turns the limit off.',
  },
  UNKNOWN_NAMES_RETENTION_DAYS: {
    reader: whole(1, 3_650),
    fallback: '30',
    meaning:
      'Days until nothing but place, time and hash of an attempt at an address that nobody has is kept (not with `EVENT_STORE=eventstoredb`). The key of its network address and user agent is deleted as many days after the end of the month.',
  },
  AUDIT_RETENTION: {
    reader: retention,
    fallback: '',
    meaning:
      'Days after which network address and browser of login attempts and of sessions that have expired are erased, such as `attempts=365,sessions=365`; place, type, time and hash stay. Empty: they are kept until the account is erased. Not with `EVENT_STORE=eventstoredb`.',
  },
  BLOB_RATE_PER_MINUTE: {
    reader: whole(0, 1_000_000),
    fallback: '10',
    meaning:
      'Reads of blobs per client address (IPv6: per /64; four times as many per /56, sixteen times per /48), beside RATE_PER_MINUTE. `0` turns the limit off.',
  },
  RATE_PER_MINUTE: {
    reader: whole(0, 1_000_000),
    fallback: '600',
    meaning:
      'Requests per client address (IPv6: per /64; four times as many per /56, sixteen times per /48). `/verify` has ten times as many of its own. `0` turns the limits off.',
  },
  MAX_OTP_ATTEMPTS: {
    reader: whole(1, 1000),
    fallback: '5',
    meaning: 'Wrong codes before codes are locked. One-time codes and recovery codes share this limit, and a new login does not reset it.',
  },
  CHALLENGE_SECONDS: {
    reader: whole(0, year),
    fallback: '0',
    meaning: 'How long a login waits for its code. `0` for no limit; 600 is recommended.',
  },
  OTP_LOCKOUT_SECONDS: { reader: whole(1, year), fallback: '60', meaning: 'Length of the first lock on codes.' },
  OTP_LOCKOUT_MAX_SECONDS: {
    reader: whole(1, year),
    fallback: '3600',
    meaning: 'Each further lock on codes is twice as long, up to this.',
  },
  OTP_PROVIDER: {
    reader: oneOf('totp', 'email'),
    fallback: 'totp',
    meaning: 'How one-time codes reach the user: `totp` for an authenticator app, `email` for a message to the address of the account.',
  },
  TOTP_ENABLED: {
    reader: flag,
    fallback: 'true',
    meaning: '`false` accepts the codes 000000, 111111, … 999999, for development only.',
  },
  TOTP_SECRETS: {
    reader: oneOf('sealed', 'derived'),
    fallback: 'sealed',
    meaning:
      'How new TOTP secrets are kept: `sealed` stores them encrypted in the log, `derived` derives them from a key and an encrypted salt.',
  },
  TOTP_WINDOW: { reader: whole(0, 10), fallback: '1', meaning: 'Clock drift that is tolerated, in steps of 30 seconds to either side.' },
  TOTP_ISSUER: { reader: issuer, fallback: 'Gatebook', meaning: 'Service name that the authenticator app shows.', isSecret: false },
  RECOVERY_CODES: {
    reader: oneOf('single-use', 'jump-ahead'),
    fallback: 'single-use',
    meaning:
      '`single-use` codes work once, in any order. A `jump-ahead` code also invalidates the codes before it, and the last code disables the second factor.',
  },
  RECOVERY_CODE_COUNT: { reader: whole(1, 100), fallback: '10', meaning: 'Number of recovery codes per user.' },
  SECOND_FACTOR_ROLES: {
    reader: roles,
    fallback: '',
    meaning: 'Roles that require a second factor, comma-separated; `*` for everyone.',
    isSecret: false,
  },
  SMTP_URL: {
    reader: smtpUrl,
    defaultText: 'files in `DATA_DIR/outbox`',
    meaning: 'Mail server. `smtp:` requires STARTTLS unless the host is a loopback address or the URL ends with `?requireTLS=false`.',
    isSecret: true,
  },
  MAIL_FROM: { reader: mailFrom, fallback: 'Gatebook <gatebook@localhost>', meaning: 'Sender of all mails.', isSecret: false },
  MAIL_LANGUAGE: {
    reader: oneOf(...mailLanguages),
    fallback: 'en',
    meaning: 'Language of mails to people whose own language is not known.',
  },
  REGISTER_URL: {
    reader: linkUrl,
    defaultText: '`PUBLIC_ORIGIN/register`',
    meaning:
      'Where a mailed link to finish a registration leads, for a front end of your own. The token takes the place of `{token}`, and otherwise follows a `#`. A token in a query string gets into the logs of servers.',
    isSecret: false,
  },
  RESET_URL: {
    reader: linkUrl,
    defaultText: '`PUBLIC_ORIGIN/reset`',
    meaning: 'The same for a link to reset a password.',
    isSecret: false,
  },
  INVITATION_URL: {
    reader: linkUrl,
    defaultText: '`PUBLIC_ORIGIN/invitation`',
    meaning: 'The same for an invitation.',
    isSecret: false,
  },
  EMAIL_CHANGE_URL: {
    reader: linkUrl,
    defaultText: '`PUBLIC_ORIGIN/email`',
    meaning: 'The same for a link that confirms a new email address.',
    isSecret: false,
  },
  KEY_ROTATION_HOURS: {
    reader: whole(1, 8_760),
    fallback: '72',
    meaning: 'How long the old key of an identity can cancel its replacement before it takes effect.',
  },
  SESSION_IDLE_SECONDS: { reader: whole(1, year), fallback: '86400', meaning: 'A session ends after this long without a request.' },
  SESSION_ABSOLUTE_SECONDS: { reader: whole(1, year), fallback: '2592000', meaning: 'A session ends after this long in any case.' },
  ELEVATION_SECONDS: { reader: whole(1, 86_400), fallback: '900', meaning: 'How long a session stays elevated.' },
  REFRESH_GRACE_SECONDS: {
    reader: whole(0, 60),
    fallback: '10',
    meaning: 'How long a refresh token that was just used returns the same successor again (two tabs, a lost response). `0` for never.',
  },
  MAX_SESSIONS: { reader: whole(1, 1000), fallback: '100', meaning: 'Live sessions of one account. One more ends the oldest.' },
  REFRESH_SECONDS: { reader: whole(1, year), fallback: '2592000', meaning: 'How long a refresh token is valid.' },
  PASSWORD_MIN_LENGTH: {
    reader: whole(1, 1024),
    defaultText: '15; 8 with a second factor',
    meaning:
      'Minimum length in code points. The default is 8 for accounts with a second factor, and for everybody if SECOND_FACTOR_ROLES is `*`. Up to 1,024 are accepted.',
  },
  BREACHED_PASSWORDS: {
    reader: breached,
    defaultText: 'none',
    meaning:
      'Passwords of known breaches are refused. A file of sorted `SHA-1:COUNT` lines, as the public range downloads have, or the https URL of a range service, which learns five digits of the hash. If it cannot be read in 2 seconds, the password is accepted.',
    isSecret: false,
  },
  CONSENTS_FILE: {
    reader: words('a path'),
    isSecret: false,
    defaultText: 'none',
    meaning:
      'What people may consent to: a JSON file, read at startup, with a list of `{"purpose", "version", "title", "text"}`. `title` and `text` have a text for each language, as in `{"en": "…", "de": "…"}`. A new version needs a new consent.',
  },
  ARGON2_MEMORY_KIB: { reader: whole(8, 4_194_304), fallback: '19456', meaning: 'Memory per password hash, in KiB.' },
  ARGON2_TIME: { reader: whole(1, 100), fallback: '2', meaning: 'Passes over that memory.' },
  ARGON2_PARALLELISM: { reader: whole(1, 64), fallback: '1', meaning: 'Parallel lanes per hash.' },
  COVER_IMPORTED_HASHES: {
    reader: flag,
    fallback: 'true',
    meaning:
      'Every check of a password also does the work of each kind of imported hash, so that time does not reveal who was imported. `false` saves that once most people have logged in.',
  },
  HASH_QUEUE_LIMIT: {
    reader: whole(1, 100_000),
    fallback: '64',
    meaning:
      'Password hashes that may wait, shared by network (IPv4 address, or /48): eight ninths at most for one. A quarter more is for networks that have none there, and another one for known devices, sessions and reset links, shared by account. Beyond that, requests get a 503 response.',
  },
  BLOCKED_ADDRESSES: {
    reader: networks,
    fallback: '',
    meaning: 'Addresses or networks that are refused before the password is checked, comma-separated.',
    isSecret: true,
  },
} as const satisfies Record<string, Variable<unknown>>
