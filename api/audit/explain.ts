import { explainedFields } from '../../application/explain/explained-fields.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { describeEvent } from '../../projections/audit/describe-event.ts'
import { describeRule } from '../../projections/audit/words/describe-explanation.ts'
import { wholeNumberText } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { ExplanationAnswer } from './explain-shapes.ts'

export function explainRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/explain/:position',
    tag: 'Audit',
    summary: 'Explain why an audit event was recorded',
    description:
      'The decider that recorded the event is asked again, on the events before it and under the policy that was in force. `agrees` is false where it gives other events; then there is no rule. Durations are in milliseconds.',
    params: strictObject({ position: wholeNumberText(0, Number.MAX_SAFE_INTEGER) }),
    guards: context.guards.admin,
    responses: { 200: ExplanationAnswer },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ params: { position } }, request) => {
    const [entry] = context.auditQueries.newer({ after: position - 1, through: position, limit: 1 }).entries
    const explained = entry === undefined ? null : context.explainEvent(position)
    if (entry === undefined || explained === null) return { problem: 'NOT_FOUND' }
    const together = explained.together.map((one) => ({
      position: one.position,
      type: one.event.type,
      summary: describeEvent(one.event),
    }))
    const { counters, windows, ...fields } = explainedFields(explained)
    const body = { ...entry, ...fields, why: describeRule(explained.explanation), together, counters: [...counters], windows: [...windows] }
    const subject = AccountId.is(entry.account) ? entry.account : null
    return afterRecording(context, request, { what: 'audit', subject }, { status: 200 as const, body })
  })
}
