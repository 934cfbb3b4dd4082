import * as t from 'io-ts'
import type { SessionInHand, Transport } from '../../application/grant-session.ts'
import { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Live } from '../../domain/session/decider.ts'
import { Factor } from '../../domain/session/events.ts'
import { time, uuid } from '../edge/codecs.ts'
import { exact } from '../edge/exact.ts'
import { setSessionCookie } from '../edge/session-cookie.ts'

export const SessionAnswer = exact({
  id: uuid(SessionId),
  grantedAt: time,
  idleExpiresAt: time,
  expiresAt: time,
  elevatedUntil: t.union([time, t.null]),
  factors: t.array(Factor),
})

export const sessionAnswer = ({ sessionId, grantedAt, idleExpiresAt, expiresAt, elevatedUntil, factors }: Omit<Live, 'is'>) => ({
  id: sessionId,
  grantedAt,
  idleExpiresAt,
  expiresAt,
  elevatedUntil,
  factors: [...factors],
})

/** `token` and `refreshToken` with transport `bearer` only. */
export const Authenticated = exact(
  { status: t.literal('authenticated'), accountId: uuid(AccountId), session: SessionAnswer },
  { token: t.string, refreshToken: t.string },
)

export const TransportChoice = t.keyof({ cookie: null, bearer: null })

export const cookieFor = ({ session, token }: { session: Live; token: string }, at: number) =>
  setSessionCookie(token, Math.max(0, Math.floor((session.expiresAt - at) / 1000)))

export const authenticated = (inHand: SessionInHand, transport: Transport, at: number) => {
  const { session, token, refreshToken } = inHand
  const body = { status: 'authenticated' as const, accountId: session.accountId, session: sessionAnswer(session) }
  return refreshToken !== null && transport === 'bearer'
    ? { body: { ...body, token, refreshToken } }
    : { body, cookie: cookieFor(inHand, at) }
}
