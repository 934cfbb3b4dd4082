import { isLoopback } from '../network/is-loopback.ts'
import { isProduction, type Rule } from './rule.ts'
import type { Values, VariableName } from './variables.ts'

type Floor = { readonly variable: VariableName; readonly least: string; readonly isPast: (values: Partial<Values>) => boolean }

/** OWASP Password Storage Cheat Sheet: `[KiB, passes]`, each as strong as the others. */
const argon2Costs = [
  [47_104, 1],
  [19_456, 2],
  [12_288, 3],
  [9_216, 4],
  [7_168, 5],
] as const

const isCheap = (memory: number, time: number) => !argon2Costs.some(([kib, passes]) => memory >= kib && time >= passes)

const isPlain = (origin: string) => origin.startsWith('http:') && !isLoopback(new URL(origin).hostname)

const atLeast = (variable: NumberName, least: number): Floor => ({
  variable,
  least: `at least ${least}`,
  isPast: ({ [variable]: value = least }) => value < least,
})

const atMost = (variable: NumberName, most: number): Floor => ({
  variable,
  least: `at most ${most}`,
  isPast: ({ [variable]: value = most }) => value > most,
})

type NumberName = { [Name in VariableName]: Values[Name] extends number | undefined ? Name : never }[VariableName]

const linkNames = ['REGISTER_URL', 'RESET_URL', 'INVITATION_URL', 'EMAIL_CHANGE_URL'] as const

const httpsLink = (variable: (typeof linkNames)[number]): Floor => ({
  variable,
  least: 'an https URL',
  isPast: ({ [variable]: url = 'https:' }) => !url.startsWith('https:'),
})

const floors: readonly Floor[] = [
  ...linkNames.map(httpsLink),
  {
    variable: 'ARGON2_MEMORY_KIB',
    least: `with ARGON2_TIME, at least ${argon2Costs.map(([kib, passes]) => `${kib} and ${passes}`).join(', or ')}`,
    isPast: ({ ARGON2_MEMORY_KIB: memory, ARGON2_TIME: time }) => memory !== undefined && time !== undefined && isCheap(memory, time),
  },
  atLeast('PASSWORD_MIN_LENGTH', 8),
  atMost('LOGIN_MAX_ATTEMPTS', 100),
  atMost('MAX_OTP_ATTEMPTS', 100),
  atLeast('LOGIN_LOCKOUT_SECONDS', 30),
  atLeast('LOGIN_LOCKOUT_MAX_SECONDS', 900),
  atLeast('OTP_LOCKOUT_SECONDS', 30),
  atMost('TOTP_WINDOW', 2),
  {
    variable: 'MASTER_KEY',
    least: '32 random bytes, 16 of them different',
    isPast: ({ MASTER_KEY }) => MASTER_KEY !== undefined && new Set(Buffer.from(MASTER_KEY, 'base64')).size < 16,
  },
  {
    variable: 'PUBLIC_ORIGIN',
    least: 'an https origin, or http of a loopback address',
    isPast: ({ PUBLIC_ORIGIN, HOST = '' }) => isLoopback(HOST) && PUBLIC_ORIGIN !== undefined && isPlain(PUBLIC_ORIGIN),
  },
  {
    variable: 'ALLOWED_ORIGINS',
    least: 'https origins, or http of a loopback address',
    isPast: ({ ALLOWED_ORIGINS = [] }) => ALLOWED_ORIGINS.some(isPlain),
  },
]

export const productionFloors: readonly Rule[] = floors.map(({ variable, least, isPast }) => ({
  variable,
  expected: `${least}, when NODE_ENV is production`,
  isBroken: (values) => isProduction(values) && isPast(values),
}))

export function pastFloors(values: Values): readonly VariableName[] {
  return floors.filter(({ isPast }) => isPast(values)).map(({ variable }) => variable)
}
