import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Purpose } from '../../application/ports/vault.ts'
import { SessionId } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { ListedSession } from '../../projections/sessions/session-queries.ts'
import { time, uuid, wholeNumberText } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'

const Listed = strictObject({
  id: uuid(SessionId),
  current: t.boolean,
  grantedAt: time,
  lastSeenAt: time,
  expiresAt: time,
  factors: t.array(t.string),
  address: t.union([t.string, t.null]),
  userAgent: t.union([t.string, t.null]),
})

/** A value that can no longer be decrypted is shown as null. */
const opened = async ({ crypto: { vault } }: Context, purpose: Purpose, sealed: string | null) => {
  if (sealed === null) return null
  const plain = await vault.unseal(purpose, sealed as Sealed)()
  return isLeft(plain) ? null : plain.right
}

const listed = async (context: Context, session: ListedSession, current: SessionId) => ({
  id: session.sessionId,
  current: session.sessionId === current,
  grantedAt: session.grantedAt,
  lastSeenAt: session.lastSeenAt,
  expiresAt: session.expiresAt,
  factors: [...session.factors],
  address: await opened(context, 'address', session.address),
  userAgent: await opened(context, 'user_agent', session.userAgent),
})

export function listSessionsRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/sessions',
    tag: 'Sessions',
    summary: 'List the active sessions of the account, newest first',
    description: 'A page may be short, or empty, and not be the last one: the last one has `next` null.',
    query: strictObject({}, { cursor: uuid(SessionId), limit: wholeNumberText(1, 100) }),
    guards: context.guards.session,
    responses: { 200: strictObject({ sessions: t.array(Listed), next: t.union([t.string, t.null]) }) },
  })(async ({ query: { cursor, limit = 50 } }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    const page = context.sessionQueries.ofAccount({ accountId, before: cursor, at: context.journal.now(), limit })
    const sessions = await Promise.all(page.sessions.map((session) => listed(context, session, sessionId)))
    return { status: 200 as const, body: { sessions, next: page.next } }
  })
}
