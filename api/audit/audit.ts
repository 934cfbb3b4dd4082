import { AccountId } from '../../domain/kernel/ids.ts'
import type { ListedEntry } from '../../projections/audit/audit-entry.ts'
import { ipAddress, text, time, uuid, wholeNumberText } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { callerNetwork } from '../protection/address.ts'
import { opened } from '../sessions/list-sessions.ts'
import { Cursor, fromCursor, nextCursor } from '../shapes/cursor.ts'
import { Entries, OwnEntries, withoutPosition } from './audit-shapes.ts'

const pages = { type: text(1, 64), from: time, to: time, cursor: Cursor, limit: wholeNumberText(1, 100) }

const subjectOf = ({ account, actor }: { readonly account?: AccountId | undefined; readonly actor?: string | undefined }) =>
  account ?? (AccountId.is(actor) ? actor : null)

const withAddress = async (context: Context, { ipAddress, ...entry }: ListedEntry) => ({
  ...entry,
  address: await opened(context, 'address', ipAddress),
})

export function auditRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit',
    tag: 'Audit',
    summary: 'List audit events, newest first',
    description:
      '`address` finds the events that record a network address: password attempts and new sessions. An IPv6 address stands for its /64. Outcomes and attempts during a lockout record no address: filter by account. `address` of an entry is null for them, and once it can no longer be decrypted.',
    query: strictObject({}, { account: uuid(AccountId), actor: text(1, 64), address: ipAddress, ...pages }),
    guards: context.guards.admin,
    responses: { 200: Entries },
    problems: ['STORE_UNAVAILABLE'],
  })(({ query: { cursor, address, ...filter } }, request) => {
    const network = address === undefined ? undefined : context.crypto.indexNetwork(callerNetwork(address))
    return fromCursor(context, 'audit_cursor', cursor, async (before) => {
      const { entries, next } = context.auditQueries.page({ ...filter, network, before })
      const shown = await Promise.all(entries.map((entry) => withAddress(context, entry)))
      const body = { entries: shown, next: nextCursor(context, 'audit_cursor', next) }
      return afterRecording(context, request, { what: 'audit', subject: subjectOf(filter) }, { status: 200 as const, body })
    })
  })
}

export function ownAuditRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/me',
    tag: 'Audit',
    summary: 'List audit events of your own account, newest first',
    query: strictObject({}, pages),
    guards: context.guards.session,
    responses: { 200: OwnEntries },
  })(({ query: { cursor, ...filter } }, request) =>
    fromCursor(context, 'own_audit_cursor', cursor, (before) => {
      const { entries, next } = context.auditQueries.page({ ...filter, before, account: sessionOf(request).accountId })
      return { status: 200 as const, body: { entries: entries.map(withoutPosition), next: nextCursor(context, 'own_audit_cursor', next) } }
    }),
  )
}
