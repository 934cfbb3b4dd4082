import type { FastifyRequest } from 'fastify'
import { type DataReading, recordRead } from '../../application/access/record-read.ts'
import type { Context } from '../context.ts'
import { firstRefusal } from '../http/run-checks.ts'
import { sessionOf } from './guarded-session.ts'

type Read = Pick<DataReading, 'what' | 'subject'>

/** Answers an administrator once the read is in the log. The guards decide again, because recording it may have taken its time. */
export function afterRecording<Answer>(context: Context, request: FastifyRequest, read: Read, answer: Answer) {
  const { accountId, sessionId } = sessionOf(request)
  const recorded = recordRead(context)({ accountId, sessionId, ...read }, context.callerOf(request))
  return context.answer(recorded, () => firstRefusal(context.guards.admin, request) ?? answer)
}
