import type { Values } from './variables.ts'

export type Mistake = { readonly variable: string; readonly expected: string }

type Rule = (values: Partial<Values>) => Mistake | false

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** A value that is missing here was wrong by itself, and has been told already. */
const isMore = (a: number | undefined, b: number | undefined) => a !== undefined && b !== undefined && a > b

const rules: readonly Rule[] = [
  ({ MASTER_KEY, MASTER_KEY_FILE }) =>
    MASTER_KEY !== undefined &&
    MASTER_KEY_FILE !== undefined && { variable: 'MASTER_KEY_FILE', expected: 'to be left out, because MASTER_KEY is set' },
  (values) =>
    isMore(values.LOGIN_LOCKOUT_SECONDS, values.LOGIN_LOCKOUT_MAX_SECONDS) && {
      variable: 'LOGIN_LOCKOUT_MAX_SECONDS',
      expected: 'at least LOGIN_LOCKOUT_SECONDS',
    },
  (values) =>
    isMore((values.ARGON2_PARALLELISM ?? 0) * 8, values.ARGON2_MEMORY_KIB) && {
      variable: 'ARGON2_MEMORY_KIB',
      expected: 'at least eight times ARGON2_PARALLELISM',
    },
  ({ NODE_ENV, PUBLIC_ORIGIN, HOST }) =>
    NODE_ENV === 'production' &&
    HOST !== undefined &&
    !isLoopback(HOST) &&
    PUBLIC_ORIGIN?.startsWith('https://') !== true && {
      variable: 'PUBLIC_ORIGIN',
      expected: 'an https origin, because NODE_ENV is production and HOST is not loopback',
    },
  ({ NODE_ENV, EVENT_STORE }) =>
    NODE_ENV === 'production' &&
    EVENT_STORE === 'memory' && { variable: 'EVENT_STORE', expected: 'sqlite or eventstoredb, because NODE_ENV is production' },
  ({ EVENT_STORE, EVENTSTOREDB_URL }) =>
    EVENT_STORE === 'eventstoredb' &&
    EVENTSTOREDB_URL === undefined && { variable: 'EVENTSTOREDB_URL', expected: 'to be given, because EVENT_STORE is eventstoredb' },
  ({ EVENT_STORE, MASTER_KEY, MASTER_KEY_FILE }) =>
    EVENT_STORE === 'eventstoredb' &&
    MASTER_KEY === undefined &&
    MASTER_KEY_FILE === undefined && {
      variable: 'MASTER_KEY',
      expected: 'to be given, or MASTER_KEY_FILE, the same on every node, because EVENT_STORE is eventstoredb',
    },
  ({ NODE_ENV, TOTP_ENABLED }) =>
    NODE_ENV === 'production' && TOTP_ENABLED === false && { variable: 'TOTP_ENABLED', expected: 'true, because NODE_ENV is production' },
  ({ TOTP_ENABLED, OTP_PROVIDER }) =>
    TOTP_ENABLED === false &&
    OTP_PROVIDER === 'email' && { variable: 'OTP_PROVIDER', expected: 'to be left out, because TOTP_ENABLED is false' },
  ({ SMTP_URL, MAIL_FROM }) =>
    SMTP_URL !== undefined &&
    MAIL_FROM?.endsWith('@localhost>') === true && { variable: 'MAIL_FROM', expected: 'to be given, because SMTP_URL is set' },
]

/** What is right by itself and wrong together. */
export function contradictions(values: Partial<Values>): readonly Mistake[] {
  return rules.map((rule) => rule(values)).filter((found) => found !== false)
}
