import type { Policies } from '../../application/journal/aggregates.ts'
import type { Values } from './variables.ts'

const second = 1000

/** NIST SP 800-63B-4: 15 where the password is the only factor, 8 beside another one. */
export function lengthsOf({ PASSWORD_MIN_LENGTH: given, SECOND_FACTOR_ROLES: required }: Values) {
  const withFactor = given ?? 8
  return { minLength: required.includes('*') ? withFactor : (given ?? 15), minLengthWithFactor: withFactor }
}

/** Of the service. The first one is shown. */
export function namesOf({ SERVICE_NAME, TOTP_ISSUER }: Values) {
  return [SERVICE_NAME ?? TOTP_ISSUER, TOTP_ISSUER]
}

/** Whoever turned the limit by address off in an older version has no other one. */
export function namesPerHour({ LOGIN_NAMES_PER_HOUR: given, LOGIN_RATE_PER_MINUTE: rate }: Values) {
  return given ?? (rate === 0 ? 0 : 60)
}

export const lockoutVariables = [
  'LOGIN_MAX_ATTEMPTS',
  'LOGIN_LOCKOUT_SECONDS',
  'LOGIN_LOCKOUT_MAX_SECONDS',
  'CHALLENGE_SECONDS',
  'MAX_OTP_ATTEMPTS',
  'OTP_LOCKOUT_SECONDS',
  'OTP_LOCKOUT_MAX_SECONDS',
] as const

export const networkVariables = ['LOGIN_RATE_PER_MINUTE', 'BLOCKED_ADDRESSES'] as const

export const policyVariables = [
  ...lockoutVariables,
  'SESSION_IDLE_SECONDS',
  'SESSION_ABSOLUTE_SECONDS',
  'ELEVATION_SECONDS',
  'REFRESH_SECONDS',
  'REFRESH_GRACE_SECONDS',
  'KEY_ROTATION_HOURS',
] as const

/** Durations in milliseconds. */
export function lockoutsOf(values: Pick<Values, (typeof lockoutVariables)[number]>): Pick<Policies, 'login' | 'codes'> {
  return {
    login: {
      maxAttempts: values.LOGIN_MAX_ATTEMPTS,
      lockout: values.LOGIN_LOCKOUT_SECONDS * second,
      lockoutMax: values.LOGIN_LOCKOUT_MAX_SECONDS * second,
      challengeLifetime: values.CHALLENGE_SECONDS === 0 ? null : values.CHALLENGE_SECONDS * second,
    },
    codes: {
      maxAttempts: values.MAX_OTP_ATTEMPTS,
      lockout: values.OTP_LOCKOUT_SECONDS * second,
      lockoutMax: values.OTP_LOCKOUT_MAX_SECONDS * second,
    },
  }
}

/** Durations in milliseconds. */
export function policiesOf(values: Pick<Values, (typeof policyVariables)[number]>): Policies {
  return {
    ...lockoutsOf(values),
    identity: { rotation: values.KEY_ROTATION_HOURS * 3_600 * second },
    session: {
      idle: values.SESSION_IDLE_SECONDS * second,
      absolute: values.SESSION_ABSOLUTE_SECONDS * second,
      elevation: values.ELEVATION_SECONDS * second,
      refresh: values.REFRESH_SECONDS * second,
      refreshGrace: values.REFRESH_GRACE_SECONDS * second,
      maxFailures: values.LOGIN_MAX_ATTEMPTS,
    },
  }
}
