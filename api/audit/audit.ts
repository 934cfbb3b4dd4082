import * as t from 'io-ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import type { AuditPage } from '../../projections/audit/audit-queries.ts'
import { ipAddress, text, time, uuid, wholeNumberText } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { callerNetwork } from '../protection/address.ts'

const Entry = strictObject({
  position: t.number,
  at: time,
  type: t.string,
  account: t.union([t.string, t.null]),
  actor: t.string,
  summary: t.string,
  correlationId: t.string,
})
const Page = strictObject({ entries: t.array(Entry), next: t.union([t.string, t.null]) })

const pages = {
  type: text(1, 64),
  from: time,
  to: time,
  cursor: wholeNumberText(1, Number.MAX_SAFE_INTEGER),
  limit: wholeNumberText(1, 100),
}

const answer = ({ entries, next }: AuditPage) => ({
  status: 200 as const,
  body: { entries: [...entries], next },
})

export function auditRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit',
    tag: 'Audit',
    summary: 'List audit events, newest first',
    description:
      '`address` finds the events that record a network address: password attempts and new sessions. An IPv6 address stands for its /64. Outcomes and attempts during a lockout record no address: filter by account.',
    query: strictObject({}, { account: uuid(AccountId), actor: text(1, 64), address: ipAddress, ...pages }),
    guards: context.guards.admin,
    responses: { 200: Page },
  })(({ query: { cursor, address, ...filter } }) => {
    const network = address === undefined ? undefined : context.crypto.indexNetwork(callerNetwork(address))
    return answer(context.auditQueries.page({ ...filter, network, cursor: cursor?.toString() }))
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
    responses: { 200: Page },
  })(({ query: { cursor, ...filter } }, request) =>
    answer(context.auditQueries.page({ ...filter, cursor: cursor?.toString(), account: sessionOf(request).accountId })),
  )
}
