import * as t from 'io-ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { instant } from '../../domain/kernel/instant.ts'
import type { AuditPage } from '../../projections/audit-queries.ts'
import type { Context } from '../context.ts'
import { text, time, uuid, wholeNumberText } from '../edge/codecs.ts'
import { exact } from '../edge/exact.ts'
import { defineRoute } from '../edge/route.ts'
import { sessionOf } from '../guards/live-session.ts'

const Entry = exact({
  position: t.number,
  at: time,
  type: t.string,
  account: t.union([t.string, t.null]),
  actor: t.string,
  summary: t.string,
  correlationId: t.string,
})
const Page = exact({ entries: t.array(Entry), next: t.union([t.string, t.null]) })

const pages = {
  type: text(1, 64),
  from: time,
  to: time,
  cursor: wholeNumberText(1, Number.MAX_SAFE_INTEGER),
  limit: wholeNumberText(1, 100),
}

const answer = ({ entries, next }: AuditPage) => ({
  status: 200 as const,
  body: { entries: entries.map((entry) => ({ ...entry, at: instant(entry.at) })), next },
})

export const auditRoute = (context: Context) =>
  defineRoute({
    method: 'GET',
    url: '/audit',
    tag: 'Audit',
    summary: 'What happened, newest first',
    query: exact({}, { account: uuid(AccountId), actor: text(1, 64), ...pages }),
    guards: context.guards.admin,
    answers: { 200: Page },
  })(({ query: { cursor, ...filter } }) => answer(context.auditQueries.page({ ...filter, cursor: cursor?.toString() })))

export const ownAuditRoute = (context: Context) =>
  defineRoute({
    method: 'GET',
    url: '/audit/me',
    tag: 'Audit',
    summary: 'What happened to the account that asks, newest first',
    query: exact({}, pages),
    guards: context.guards.session,
    answers: { 200: Page },
  })(({ query: { cursor, ...filter } }, request) =>
    answer(context.auditQueries.page({ ...filter, cursor: cursor?.toString(), account: sessionOf(request).accountId })),
  )
