import type { Network } from '../../application/network.ts'
import { isLoopback } from '../network/is-loopback.ts'
import { productionFloors } from './production-floors.ts'
import { isProduction, type Mistake, type Rule } from './rule.ts'
import type { Values } from './variables.ts'

const isMore = (a: number | undefined, b: number | undefined) => a !== undefined && b !== undefined && a > b

/** `0.0.0.0/0` can be written as two halves, or as four quarters. */
const holdsMuch = (networks: readonly Network[]) =>
  (['ipv4', 'ipv6'] as const).some((kind) => {
    const share = networks.filter(({ base }) => base.kind() === kind).reduce((sum, { bits }) => sum + 2 ** -bits, 0)
    return share >= 1 / 32
  })

const isCluster = ({ EVENT_STORE }: Partial<Values>) => EVENT_STORE === 'eventstoredb'

export const rules: readonly Rule[] = [
  {
    variable: 'MASTER_KEY_FILE',
    expected: 'no value when MASTER_KEY is set',
    isBroken: ({ MASTER_KEY, MASTER_KEY_FILE }) => MASTER_KEY !== undefined && MASTER_KEY_FILE !== undefined,
  },
  {
    variable: 'LOGIN_LOCKOUT_MAX_SECONDS',
    expected: 'at least LOGIN_LOCKOUT_SECONDS',
    isBroken: ({ LOGIN_LOCKOUT_SECONDS, LOGIN_LOCKOUT_MAX_SECONDS }) => isMore(LOGIN_LOCKOUT_SECONDS, LOGIN_LOCKOUT_MAX_SECONDS),
  },
  {
    variable: 'ARGON2_MEMORY_KIB',
    expected: 'at least eight times ARGON2_PARALLELISM',
    isBroken: ({ ARGON2_PARALLELISM = 0, ARGON2_MEMORY_KIB }) => isMore(ARGON2_PARALLELISM * 8, ARGON2_MEMORY_KIB),
  },
  {
    variable: 'PUBLIC_ORIGIN',
    expected: 'an https origin when NODE_ENV is production and HOST is not a loopback address',
    isBroken: (values) =>
      isProduction(values) &&
      values.HOST !== undefined &&
      !isLoopback(values.HOST) &&
      values.PUBLIC_ORIGIN?.startsWith('https://') !== true,
  },
  {
    variable: 'EVENT_STORE',
    expected: 'sqlite or eventstoredb when NODE_ENV is production',
    isBroken: (values) => isProduction(values) && values.EVENT_STORE === 'memory',
  },
  {
    variable: 'EVENTSTOREDB_URL',
    expected: 'a connection string when EVENT_STORE is eventstoredb',
    isBroken: (values) => isCluster(values) && values.EVENTSTOREDB_URL === undefined,
  },
  {
    variable: 'MASTER_KEY',
    expected: 'the same key on every node, here or in MASTER_KEY_FILE, when EVENT_STORE is eventstoredb',
    isBroken: (values) => isCluster(values) && values.MASTER_KEY === undefined && values.MASTER_KEY_FILE === undefined,
  },
  {
    variable: 'AUDIT_RETENTION',
    expected: 'no value when EVENT_STORE is eventstoredb, which cannot rewrite events',
    isBroken: (values) => isCluster(values) && Object.keys(values.AUDIT_RETENTION ?? {}).length > 0,
  },
  {
    variable: 'TOTP_ENABLED',
    expected: 'true when NODE_ENV is production',
    isBroken: (values) => isProduction(values) && values.TOTP_ENABLED === false,
  },
  {
    variable: 'TOTP_ENABLED',
    expected: 'true, unless NODE_ENV is development or HOST is a loopback address',
    isBroken: ({ TOTP_ENABLED, NODE_ENV, HOST }) =>
      TOTP_ENABLED === false && !['development', 'production'].includes(NODE_ENV ?? '') && HOST !== undefined && !isLoopback(HOST),
  },
  {
    variable: 'TRUSTED_PROXIES',
    expected: 'the addresses of proxies, not a large part of all addresses',
    isBroken: ({ TRUSTED_PROXIES = [] }) => holdsMuch(TRUSTED_PROXIES),
  },
  {
    variable: 'OTP_PROVIDER',
    expected: 'no value when TOTP_ENABLED is false',
    isBroken: ({ TOTP_ENABLED, OTP_PROVIDER }) => TOTP_ENABLED === false && OTP_PROVIDER === 'email',
  },
  {
    variable: 'MAIL_FROM',
    expected: 'the address of a sender when SMTP_URL is set',
    isBroken: ({ SMTP_URL, MAIL_FROM }) => SMTP_URL !== undefined && MAIL_FROM?.endsWith('@localhost>') === true,
  },
  ...productionFloors,
]

export function contradictions(values: Partial<Values>): readonly Mistake[] {
  return rules.filter(({ isBroken }) => isBroken(values)).map(({ variable, expected }) => ({ variable, expected }))
}
