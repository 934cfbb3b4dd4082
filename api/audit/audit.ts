import * as t from 'io-ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import type { ListedEntry } from '../../projections/audit/audit-entry.ts'
import { described, wholeNumberText } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { isProblem } from '../problems.ts'
import { opened } from '../sessions/list-sessions.ts'
import { Cursor } from '../shapes/cursor.ts'
import { auditCursors } from './audit-cursor.ts'
import { auditFilters, filterOf, ownAuditFilters } from './audit-filter.ts'
import { asOwnEntry, Entries, OwnEntries } from './audit-shapes.ts'

const Order = described(t.keyof({ newest: null, oldest: null }), '`newest` or `oldest`', { type: 'string', enum: ['newest', 'oldest'] })
const pages = { order: Order, cursor: Cursor, limit: wholeNumberText(1, 100) }

const paging =
  '`order` is what comes first, `newest` by default. `next` and `previous` are values of `cursor` for the same filters and order. A page may have fewer entries than `limit`, or none, and not be the last.'

/** For the event that records the reading. */
export function subjectOf({ account, actor }: { readonly account?: AccountId | undefined; readonly actor?: string | undefined }) {
  return account ?? (AccountId.is(actor) ? actor : null)
}

export async function withAddress(context: Parameters<typeof opened>[0], { ipAddress, isOfActor: _, ...entry }: ListedEntry) {
  return { ...entry, address: await opened(context, 'address', ipAddress) }
}

export function auditRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit',
    tag: 'Audit',
    summary: 'List audit events, newest first',
    description: `\`address\` finds the events that record a network address: password attempts and new sessions. An IPv6 address stands for its /64. Outcomes and attempts during a lockout record no address: filter by account. \`address\` of an entry is null for them, and once it can no longer be decrypted. \`session\` finds what happened to a session and what was asked for in it, and \`correlation\` all that one request caused. Filters combine. ${paging}`,
    query: strictObject({}, { ...auditFilters, ...pages }),
    guards: context.guards.admin,
    responses: { 200: Entries },
    problems: ['STORE_UNAVAILABLE'],
  })(async ({ query: { cursor, limit, order, ...asked } }, request) => {
    const filter = filterOf(context, asked)
    const cursors = auditCursors(context, { list: 'audit', filter, order })
    const from = cursors.place(cursor)
    if (isProblem(from)) return from
    const { entries, next, previous } = context.auditQueries.page({ ...filter, ...from, order, limit })
    const shown = await Promise.all(entries.map((entry) => withAddress(context, entry)))
    const body = { entries: shown, next: cursors.cursor(next), previous: cursors.cursor(previous) }
    return afterRecording(context, request, { what: 'audit', subject: subjectOf(asked) }, { status: 200 as const, body })
  })
}

export function ownAuditRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/me',
    tag: 'Audit',
    summary: 'List audit events of your own account, newest first',
    description: `\`session\` of an entry is null where somebody else's session was used, and as a filter it finds what shows it. ${paging}`,
    query: strictObject({}, { ...ownAuditFilters, ...pages }),
    guards: context.guards.session,
    responses: { 200: OwnEntries },
  })(({ query: { cursor, limit, order, ...asked } }, request) => {
    const filter = { ...filterOf(context, asked), account: sessionOf(request).accountId }
    const cursors = auditCursors(context, { list: 'own_audit', filter, order })
    const from = cursors.place(cursor)
    if (isProblem(from)) return from
    const { entries, next, previous } = context.auditQueries.page({ ...filter, ...from, order, limit })
    const shown = entries.map(asOwnEntry).filter(({ session }) => session === (asked.session ?? session))
    const body = { entries: shown, next: cursors.cursor(next), previous: cursors.cursor(previous) }
    return { status: 200 as const, body }
  })
}
