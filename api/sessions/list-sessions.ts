import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Purpose } from '../../application/ports/vault.ts'
import { type AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { ListedSession } from '../../projections/sessions/session-queries.ts'
import { time, uuid, wholeNumberText } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { Device, deviceOf } from './device.ts'

export const Listed = strictObject({
  id: uuid(SessionId),
  current: t.boolean,
  grantedAt: time,
  lastSeenAt: time,
  expiresAt: time,
  factors: t.array(t.string),
  address: t.union([t.string, t.null]),
  userAgent: t.union([t.string, t.null]),
  device: Device,
})

/** A value that can no longer be decrypted is shown as null. */
export async function opened(
  { crypto: { vault } }: { readonly crypto: Pick<Context['crypto'], 'vault'> },
  purpose: Purpose,
  sealed: string | null,
) {
  if (sealed === null) return null
  const plain = await vault.unseal(purpose, sealed as Sealed)()
  return isLeft(plain) ? null : plain.right
}

export async function listed(context: Context, session: ListedSession, current: SessionId | null) {
  const userAgent = await opened(context, 'user_agent', session.userAgent)
  return {
    id: session.sessionId,
    current: session.sessionId === current,
    grantedAt: session.grantedAt,
    lastSeenAt: session.lastSeenAt,
    expiresAt: session.expiresAt,
    factors: [...session.factors],
    address: await opened(context, 'address', session.address),
    userAgent,
    device: deviceOf(userAgent),
  }
}

export const SessionsAnswer = strictObject({ sessions: t.array(Listed), next: t.union([t.string, t.null]) })

export const sessionPage = { cursor: uuid(SessionId), limit: wholeNumberText(1, 100) }

type Page = { readonly accountId: AccountId; readonly cursor?: SessionId | undefined; readonly limit?: number | undefined }

/** `current`: the session that asks, if one does. */
export async function listedSessions(context: Context, { accountId, cursor, limit = 50 }: Page, current: SessionId | null) {
  const page = context.sessionQueries.ofAccount({ accountId, before: cursor, at: context.journal.now(), limit })
  return { sessions: await Promise.all(page.sessions.map((session) => listed(context, session, current))), next: page.next }
}

export function listSessionsRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/sessions',
    tag: 'Sessions',
    summary: 'List the active sessions of the account, newest first',
    description: 'A page may be short, or empty, and not be the last one: the last one has `next` null.',
    query: strictObject({}, sessionPage),
    guards: context.guards.session,
    responses: { 200: SessionsAnswer },
  })(async ({ query }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    return { status: 200 as const, body: await listedSessions(context, { accountId, ...query }, sessionId) }
  })
}
