import * as t from 'io-ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute, type Guard, type Route } from '../http/route.ts'

const Ok = strictObject({ ok: t.literal(true) })
const ok = { status: 200, body: { ok: true } } as const

const guarded = (url: string, summary: string, guards: readonly Guard[]) =>
  defineRoute({ method: 'GET', url, tag: 'Demonstration', summary, guards, responses: { 200: Ok } })(() => ok)

export function demonstrationRoutes({ guards }: Context): readonly Route[] {
  return [
    guarded('/secure/user', 'Any session', guards.authenticated),
    guarded('/secure/admin', 'The role admin', guards.admin),
    guarded('/secure/elevated', 'An elevated session', guards.authenticatedElevated),
    guarded('/secure/publisher', 'The claim publisher: true', guards.claim('publisher', true)),
    guarded('/secure/payout', 'The claim publisher: true, and elevated', guards.elevatedClaim('publisher', true)),
  ]
}
