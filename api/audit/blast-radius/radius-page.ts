import type { AccountId, SessionId } from '../../../domain/kernel/ids.ts'
import type { RadiusPage } from '../../../projections/blast-radius/blast-radius.ts'
import type { RadiusOrigin } from '../../../projections/blast-radius/radius-filter.ts'
import type { SessionRadius } from '../../../projections/blast-radius/session-radius.ts'
import type { Context } from '../../context.ts'
import type { ProblemAnswer } from '../../problems.ts'
import { callerNetwork } from '../../protection/address.ts'
import { fromCursor, nextCursor } from '../../shapes/cursor.ts'
import type { Radius, RadiusQuery } from './radius-shapes.ts'

export type RadiusContext = Pick<Context, 'blastRadius' | 'sessionQueries' | 'numbers' | 'crypto' | 'journal' | 'answer'>

const notOne: ProblemAnswer = {
  problem: 'VALIDATION_FAILED',
  errors: [{ path: '', expected: 'exactly one of address, session and account' }],
}

const originsOf = ({ crypto }: RadiusContext, { address, session, account }: RadiusQuery): readonly RadiusOrigin[] => [
  ...(address === undefined ? [] : [{ by: 'network' as const, network: crypto.indexNetwork(callerNetwork(address)) }]),
  ...(session === undefined ? [] : [{ by: 'session' as const, session }]),
  ...(account === undefined ? [] : [{ by: 'account' as const, account }]),
]

/** A refresh token revives a session after its idle time, so only the absolute time counts. */
export function isEndable({ sessionQueries, journal }: RadiusContext, { session, expiresAt }: SessionRadius): boolean {
  return sessionQueries.byId(session) !== undefined && expiresAt > journal.now()
}

/** Of which session or account it is the whole story, for the record of the reading. */
export function subjectOfRadius({ account, session }: RadiusQuery, { sessions }: RadiusPage): AccountId | null {
  return account ?? (session && sessions[0]?.account) ?? null
}

export function radiusPage<Answer>(
  context: RadiusContext,
  query: RadiusQuery,
  answer: (page: RadiusPage) => Answer,
): Answer | ProblemAnswer {
  const [origin, ...more] = originsOf(context, query)
  if (origin === undefined || more.length > 0) return notOne
  return fromCursor(context, 'radius_cursor', query.cursor, (after) =>
    answer(context.blastRadius({ origin, from: query.since, to: query.to, after })),
  )
}

const shownSession = (context: RadiusContext, radius: SessionRadius) => {
  const { session: id, isReused: refreshTokenReused, isCut: cut, ...shown } = radius
  return { ...shown, id: id as SessionId, refreshTokenReused, cut, active: isEndable(context, radius) }
}

export function shownRadius(context: RadiusContext, { sessions, next, ...page }: RadiusPage): Radius {
  return {
    ...page,
    sessions: sessions.map((radius) => shownSession(context, radius)),
    next: nextCursor(context, 'radius_cursor', next),
  }
}
