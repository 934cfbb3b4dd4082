import type { PolicyEntry } from '../policy/policy-entries.ts'

const numberFields = {
  loginMaxAttempts: 'LOGIN_MAX_ATTEMPTS',
  loginLockoutSeconds: 'LOGIN_LOCKOUT_SECONDS',
  loginLockoutMaxSeconds: 'LOGIN_LOCKOUT_MAX_SECONDS',
  maxOtpAttempts: 'MAX_OTP_ATTEMPTS',
  otpLockoutSeconds: 'OTP_LOCKOUT_SECONDS',
  otpLockoutMaxSeconds: 'OTP_LOCKOUT_MAX_SECONDS',
  loginRatePerMinute: 'LOGIN_RATE_PER_MINUTE',
} as const

export type NumberField = keyof typeof numberFields
export const numberNames = Object.keys(numberFields) as readonly NumberField[]

/** As the API takes it. */
export type BacktestRequest = {
  readonly policy: Readonly<Record<string, number | readonly string[]>>
  readonly from?: string
  readonly to?: string
}

export function variableName(name: NumberField): string {
  return numberFields[name]
}

const entryOf = (entries: readonly PolicyEntry[], name: string) => entries.find(({ variable }) => variable === name)

export function inForce(entries: readonly PolicyEntry[], name: NumberField): string {
  const entry = entryOf(entries, numberFields[name])
  return String(entry?.value ?? entry?.default ?? '')
}

/** The networks themselves are a secret. */
export function blocksNetworks(entries: readonly PolicyEntry[]): boolean {
  return (entryOf(entries, 'BLOCKED_ADDRESSES')?.value ?? null) !== null
}

const timeOf = (text: string) => {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** Only what differs from the policy in force. Fields show the time of the person's own clock. */
export function requestOf(form: FormData, entries: readonly PolicyEntry[]): BacktestRequest {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const numbers = numberNames.filter((name) => text(name) !== '' && text(name) !== inForce(entries, name))
  const blocked = text('blockedAddresses')
    .split(/[\s,]+/)
    .filter((network) => network !== '')
  const [from, to] = [timeOf(text('from')), timeOf(text('to'))]
  return {
    policy: {
      ...Object.fromEntries(numbers.map((name) => [name, Number(text(name))])),
      ...(blocked.length === 0 ? {} : { blockedAddresses: blocked }),
    },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}
