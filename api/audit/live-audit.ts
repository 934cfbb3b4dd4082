import type { FastifyRequest } from 'fastify'
import { AccountId } from '../../domain/kernel/ids.ts'
import type { AuditEntry } from '../../projections/audit/audit-entry.ts'
import { uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { entryEvent, opening, resetEvent } from '../live/event-stream.ts'
import type { LiveRequest } from '../live/live-streams.ts'
import type { Format } from '../live/subscribers.ts'
import { isProblem, type ProblemAnswer } from '../problems.ts'
import { Cursor } from '../shapes/cursor.ts'
import { asEntry, asOwnEntry, Entry, OwnEntry } from './audit-shapes.ts'

const description =
  'Server-sent events: `entry` (as in the list), `reset` (more was missed than can be sent: load the list again) and `end` (`code`: SESSION_REQUIRED, ROLE_REQUIRED, ENROLLMENT_REQUIRED, STALE_READ_MODEL or STORE_UNAVAILABLE), after which the stream is closed. It is closed without `end` when the session has got another token, or the service stops. The header `Last-Event-ID`, or else `after`, resumes after the event with that id. At most 8 streams for an account and 64 for a network. An open stream is no use of the session: it does not postpone its idle expiry.'

const responses = { 200: { mediaType: 'text/event-stream' } } as const
const headers = { connection: 'close', 'x-accel-buffering': 'no' }
const problems = ['OVERLOADED', 'STORE_UNAVAILABLE'] as const

type Purpose = 'live_cursor' | 'own_live_cursor'

const formatOf = ({ numbers }: Context, purpose: Purpose, json: (entry: AuditEntry) => string): Format => {
  const id = (position: number) => numbers.seal(purpose, position)
  return {
    entry: (entry) => entryEvent(id(entry.position), json(entry)),
    opening: (position) => opening(id(position)),
    reset: (position) => resetEvent(id(position)),
  }
}

const madeUp: ProblemAnswer = { problem: 'VALIDATION_FAILED', errors: [{ path: 'after', expected: 'the id of an earlier event' }] }

/** An `EventSource` repeats its URL when it reconnects, so the header is the newer of the two. */
const resumedAfter = ({ numbers }: Context, purpose: Purpose, { headers }: FastifyRequest, given: string | undefined) => {
  const header = headers['last-event-id']
  const id = header === undefined ? given : String(header)
  const after = id === undefined ? undefined : numbers.open(purpose, id)
  return id !== undefined && after === undefined ? madeUp : { after }
}

/** HEAD would leave a stream open that nobody reads. */
const begin = ({ live }: Context, request: FastifyRequest, asked: LiveRequest) => {
  const body = request.method === 'HEAD' ? '' : live.open(request, asked)
  return typeof body !== 'string' && isProblem(body) ? body : { status: 200 as const, body, headers }
}

export function liveAuditRoute(context: Context) {
  const guards = context.passiveGuards.admin
  const format = formatOf(context, 'live_cursor', (entry) => JSON.stringify(Entry.encode(asEntry(entry))))
  return defineRoute({
    method: 'GET',
    url: '/audit/live',
    tag: 'Audit',
    summary: 'Follow audit events as they happen',
    description,
    query: strictObject({}, { account: uuid(AccountId), after: Cursor }),
    guards,
    responses,
    problems,
  })(async ({ query: { account = null, after } }, request) => {
    const resumed = resumedAfter(context, 'live_cursor', request, after)
    if (isProblem(resumed)) return resumed
    const read = { what: 'audit' as const, subject: account }
    const recorded = await afterRecording({ ...context, guards: context.passiveGuards }, request, read, {})
    return isProblem(recorded) ? recorded : begin(context, request, { guards, watched: account, format, ...resumed })
  })
}

export function ownLiveAuditRoute(context: Context) {
  const guards = context.passiveGuards.session
  const format = formatOf(context, 'own_live_cursor', (entry) => JSON.stringify(OwnEntry.encode(asOwnEntry(entry))))
  return defineRoute({
    method: 'GET',
    url: '/audit/me/live',
    tag: 'Audit',
    summary: 'Follow audit events of your own account as they happen',
    description,
    query: strictObject({}, { after: Cursor }),
    guards,
    responses,
    problems,
  })(({ query: { after } }, request) => {
    const resumed = resumedAfter(context, 'own_live_cursor', request, after)
    if (isProblem(resumed)) return resumed
    return begin(context, request, { guards, watched: sessionOf(request).accountId, format, ...resumed })
  })
}
