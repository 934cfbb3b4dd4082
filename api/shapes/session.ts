import * as t from 'io-ts'
import type { LoginOutcome } from '../../application/login/login-outcome.ts'
import type { IssuedSession, Transport } from '../../application/sessions/grant-session.ts'
import { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { ActiveSession } from '../../domain/session/decider.ts'
import { SessionFactor } from '../../domain/session/events.ts'
import { time, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import { setDeviceCookie } from '../http/cookies/device-cookie.ts'
import { setSessionCookie } from '../http/cookies/session-cookie.ts'

export const SessionAnswer = strictObject({
  id: uuid(SessionId),
  grantedAt: time,
  idleExpiresAt: time,
  expiresAt: time,
  elevatedUntil: t.union([time, t.null]),
  factors: t.array(SessionFactor),
})

export function sessionAnswer({ sessionId, grantedAt, idleExpiresAt, expiresAt, elevatedUntil, factors }: Omit<ActiveSession, 'is'>) {
  return {
    id: sessionId,
    grantedAt,
    idleExpiresAt,
    expiresAt,
    elevatedUntil,
    factors: [...factors],
  }
}

/** `token` and `refreshToken` with transport `bearer` only. */
export const Authenticated = strictObject(
  { status: t.literal('authenticated'), accountId: uuid(AccountId), session: SessionAnswer },
  { token: t.string, refreshToken: t.string },
)

const SecondFactorRequired = strictObject({
  status: t.literal('second_factor_required'),
  challenge: t.string,
  methods: t.array(t.keyof({ totp: null, recovery_code: null })),
})

/** The challenge can only be used to enroll a second factor. */
const EnrollmentRequired = strictObject({ status: t.literal('enrollment_required'), challenge: t.string })

/** The challenge can only be used to choose a new password. */
export const PasswordChangeRequired = strictObject({ status: t.literal('password_change_required'), challenge: t.string })

export const LoginOutcomeAnswer = t.union([Authenticated, SecondFactorRequired, EnrollmentRequired, PasswordChangeRequired])

export function loginOutcomeWith<Extra extends t.Props>(extra: Extra) {
  return t.union([
    strictObject({ ...extra, ...Authenticated.required }, Authenticated.optional),
    strictObject({ ...extra, ...SecondFactorRequired.required }),
    strictObject({ ...extra, ...EnrollmentRequired.required }),
    strictObject({ ...extra, ...PasswordChangeRequired.required }),
  ])
}

export function cookieFor({ session, token }: { session: ActiveSession; token: string }, at: number) {
  return setSessionCookie(token, Math.max(0, Math.floor((session.expiresAt - at) / 1000)))
}

export function authenticated(issued: IssuedSession, transport: Transport, at: number) {
  const { session, token, refreshToken } = issued
  const body = { status: 'authenticated' as const, accountId: session.accountId, session: sessionAnswer(session) }
  if (refreshToken !== null && transport === 'bearer') return { body: { ...body, token, refreshToken } }
  const cookie = cookieFor(issued, at)
  return { body, cookie: issued.deviceToken === null ? cookie : [cookie, setDeviceCookie(issued.deviceToken)] }
}

export function loginOutcomeAnswer(
  outcome: LoginOutcome,
  transport: Transport,
  at: number,
): { body: t.TypeOf<typeof LoginOutcomeAnswer>; cookie?: string | string[] } {
  if (outcome.type === 'authenticated') return authenticated(outcome, transport, at)
  const { challenge } = outcome
  switch (outcome.purpose) {
    case 'verify':
      return { body: { status: 'second_factor_required', challenge, methods: ['totp', 'recovery_code'] } }
    case 'enroll':
      return { body: { status: 'enrollment_required', challenge } }
    case 'change_password':
      return { body: { status: 'password_change_required', challenge } }
  }
}
