import type * as t from 'io-ts'
import type { AccountMoment } from '../../application/moment/account-moment.ts'
import { compareMoments } from '../../application/moment/compare-moments.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { time, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { opened } from '../sessions/list-sessions.ts'
import { Moment, MomentAnswer } from './moment-shapes.ts'

/** Of an account that was erased since, nobody can open the address. */
const shown = async (context: Context, moment: AccountMoment) => ({ ...moment, email: await opened(context, 'email', moment.email) })

/** As JSON has them. */
const changesBetween = (since: t.TypeOf<typeof Moment>, moment: t.TypeOf<typeof Moment>) => {
  const [before, after] = [Moment.encode(since), Moment.encode(moment)] as readonly [object, object]
  return compareMoments(before, after)
}

export function accountAtRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/accounts/:id/at',
    tag: 'Audit',
    summary: 'Get an account as it was at a moment',
    description:
      'Folded from the events that were recorded at or before `time`; what ends by itself (locks, elevations, sessions) is that of `time`. With `since`, `changes` lists what differs from that moment.',
    params: strictObject({ id: uuid(AccountId) }),
    query: strictObject({ time }, { since: time }),
    guards: context.guards.admin,
    responses: { 200: MomentAnswer },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(async ({ params: { id }, query }, request) => {
    const moment = context.accountAt(id, query.time)
    if (moment === null) return { problem: 'NOT_FOUND' }
    const now = await shown(context, moment)
    const earlier = query.since === undefined ? null : context.accountAt(id, query.since)
    const since = earlier === null ? null : await shown(context, earlier)
    const changes = since === null ? null : changesBetween(since, now)
    return afterRecording(
      context,
      request,
      { what: 'account', subject: id },
      { status: 200 as const, body: { moment: now, since, changes } },
    )
  })
}
